namespace Zweizeiler.Marketplace.Features.People;

/// <summary>A small text as they come in every day, and where it comes from.</summary>
public sealed record TestText(string Text, string SituationDe, string SituationEn);

/// <summary>
/// The texts that are given to whoever asks for a pair: of its source language, the same for everybody, so that an operator can compare. Each asks for
/// something that a dictionary does not know: tone, an amount and a date that must stay right, a phrase that means something else.
/// </summary>
public static class TestTexts
{
    private const string CustomerDe = "Eine Kundin schreibt an einen Laden.";
    private const string CustomerEn = "A customer writes to a shop.";
    private const string ShopDe = "Ein Laden antwortet, freundlich und förmlich.";
    private const string ShopEn = "A shop replies, friendly and formal.";
    private const string ChatDe = "Aus einem Chat, locker im Ton.";
    private const string ChatEn = "From a chat, casual in tone.";

    private static readonly Dictionary<string, TestText[]> All = new(StringComparer.Ordinal)
    {
        ["de"] = Of(
            "Guten Tag, meine Bestellung über 149,90 € sollte am 3. Mai da sein, jetzt ist der 10. und ich habe immer noch nichts. Auf Ihre Hotline kommt man ja nicht durch. Langsam reißt mir der Geduldsfaden!",
            "Sehr geehrter Herr Wagner, es tut uns leid, dass der Bezug nicht zu Ihrem Sofa passt. Sie können ihn bis zum 14. Juni kostenlos zurücksenden; das Etikett liegt bei. Ob wir den Farbton noch einmal bekommen, können wir leider nicht zusagen.",
            "Hey, ist der Rucksack auch was für Leute mit breiten Schultern? Und hält der wirklich dicht, wenn’s aus Eimern schüttet, oder ist das nur Werbung?"),
        ["en"] = Of(
            "Hello, I ordered two lamps for £89.50 on 2 March and only one turned up. When I rang, I was told it was “on its way”, which was a week ago. Frankly, I’m at the end of my tether.",
            "Dear Ms Baker, thank you for letting us know about the scratched tabletop. We can either refund 20% of the price or send you a replacement by 18 October. Please note that we cannot promise the same grain of wood.",
            "Hiya, do these run small? I’m usually between a 6 and a 7. Also, are they any good for someone who’s on their feet all day, or is that just the blurb?"),
        ["fr"] = Of(
            "Bonjour, j’ai reçu ma cafetière le 4 avril, mais la verseuse est fêlée. J’ai déjà écrit deux fois et personne ne me répond : se moque-t-on du monde ? Je veux être remboursée de mes 64,90 €.",
            "Madame, nous vous présentons toutes nos excuses pour ce contretemps. Votre colis vous sera livré au plus tard le 12 septembre, sans frais supplémentaires. Nous ne sommes malheureusement pas en mesure de garantir un créneau horaire.",
            "Coucou, la robe taille comment ? D’habitude je fais du 38, mais j’ai les épaules un peu larges. Et le tissu, il se froisse facilement ou ça passe en machine sans souci ?"),
        ["it"] = Of(
            "Buongiorno, il 7 gennaio ho pagato 112,40 € per una macchina da cucire e non mi è ancora arrivato niente. Al telefono mi rimbalzate da un ufficio all’altro. Adesso basta, voglio sapere dov’è il mio pacco.",
            "Gentile dottor Ferri, ci scusiamo per l’inconveniente. Può restituirci l’articolo entro il 20 novembre e riceverà il rimborso completo. Purtroppo non possiamo assicurarLe che il colore verde tornerà disponibile.",
            "Ciao, ma questo zaino ci sta sotto il sedile in aereo? E con la pioggia regge davvero o dopo cinque minuti fa acqua da tutte le parti?"),
        ["es"] = Of(
            "Buenos días: el 15 de febrero les compré una silla por 78,95 € y me ha llegado con una pata rota. Llevo tres correos y ni caso. Ya está bien de tomarme el pelo; quiero una solución esta semana.",
            "Estimada señora Ruiz: lamentamos mucho el retraso. Su pedido saldrá el 6 de julio y los gastos de envío corren de nuestra cuenta. No podemos asegurarle que llegue antes del fin de semana.",
            "Hola, ¿la chaqueta talla bien o hay que coger una más? Y una cosa: ¿abriga de verdad o es más bien de entretiempo?"),
        ["nl"] = Of(
            "Goedemiddag, op 9 augustus heb ik een fietstas van € 59,95 besteld en ik heb nog steeds niets gehoord. Elke keer word ik met een kluitje in het riet gestuurd. Wanneer krijg ik mijn bestelling of mijn geld?",
            "Geachte mevrouw De Vries, wat vervelend dat de deken na één wasbeurt is gekrompen. U kunt hem tot 30 april gratis terugsturen en krijgt dan het volledige bedrag terug. Een vervanging in dezelfde kleur kunnen wij helaas niet toezeggen.",
            "Hoi, valt deze broek normaal uit? Ik zit meestal tussen M en L in. En kan-ie gewoon in de droger, of krimpt-ie dan meteen een maat?"),
        ["pl"] = Of(
            "Dzień dobry, 11 marca zapłaciłam 329,00 zł za ekspres do kawy, a przyszedł model bez młynka. Piszę już trzeci raz i cały czas jestem zbywana. Proszę o wymianę albo zwrot pieniędzy, bo moja cierpliwość się kończy.",
            "Szanowny Panie, bardzo przepraszamy za uszkodzone opakowanie. Nową sztukę wyślemy najpóźniej 5 grudnia, bez dodatkowych opłat. Niestety nie możemy zagwarantować, że kurier zadzwoni przed dostawą.",
            "Hej, te buty to raczej na szeroką stopę? I jak z deszczem – dają radę, czy po pierwszej kałuży mam mokre skarpetki?"),
        ["zh"] = Of(
            "你好，我6月18日花299元买的电饭煲，收到的时候内胆就是花的。客服一直让我等，已经等了十天，到底还管不管？再这样我就直接申请退款了。",
            "尊敬的王女士：非常抱歉给您带来不便。您可以在9月30日之前免费退货，款项将原路退回。至于您喜欢的蓝色款，我们暂时无法保证能够补货。",
            "请问这件外套偏大还是偏小呀？我平时穿M码，肩膀有点宽。还有，下大雨真的不会湿吗，还是只能挡挡毛毛雨？"),
        ["ja"] = Of(
            "4月2日に8,640円のケトルを注文しましたが、届いたのは違う色でした。二度メールしてもお返事がなく、正直かなり困っています。交換か返金か、今週中にご連絡ください。",
            "佐藤様、このたびはご迷惑をおかけし、誠に申し訳ございません。11月15日までに着払いでご返送いただければ、全額返金いたします。なお、同じ柄の再入荷につきましては、お約束いたしかねます。",
            "こんにちは。このリュックって、ノートパソコン入りますか？あと、けっこう雨に降られても大丈夫ですか、それとも小雨くらいまで？"),
    };

    public static IReadOnlyList<TestText> For(string source) => All.GetValueOrDefault(source, []);

    public static IReadOnlyCollection<string> Languages => All.Keys;

    private static TestText[] Of(string complaint, string reply, string chat) =>
        [new(complaint, CustomerDe, CustomerEn), new(reply, ShopDe, ShopEn), new(chat, ChatDe, ChatEn)];
}
