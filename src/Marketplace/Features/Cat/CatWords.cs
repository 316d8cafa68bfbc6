namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>Words about files for CAT tools.</summary>
public sealed record CatWords
{
    private static readonly CatWords German = new()
    {
        Tools = "Dateien für CAT-Programme",
        Title = "Dateien",
        Lead = "Übersetzen Sie in Ihrem eigenen Programm und laden Sie die Datei danach wieder hoch. Sie kommt in den Entwurf; geprüft und abgegeben wird auf der Werkbank.",
        Back = "Zur Werkbank",
        Download = "Herunterladen",
        Job = "Auftrag (XLIFF 2.1)",
        Memory = "Speicher dieses Kunden (TMX 1.4b)",
        Terms = "Begriffe dieses Kunden (TBX)",
        Upload = "Hochladen",
        File = "Übersetzte XLIFF-Datei",
        FileHint = "Die Datei dieses Auftrags, höchstens {0} KB.",
        TakeOver = "In den Entwurf übernehmen",
        Taken = "Die Datei ist im Entwurf.",
        TakenPartly = "Die Datei ist im Entwurf. {0} von {1} Sätzen haben noch keine Übersetzung.",
        Checked = " Die Prüfung hat Hinweise: {0}.",
        Conflict = "Im Editor steht inzwischen ein anderer Text. Laden Sie die Datei noch einmal hoch, um ihn zu ersetzen.",
        Refused = "Die Datei wurde nicht übernommen, der Entwurf ist unverändert.",
        Line = "Zeile",
        Field = "Stelle",
        What = "Was ist",
        Findings = new Dictionary<string, string>
        {
            [CatFinding.NoFile] = "Es ist keine Datei dabei, oder sie ist leer. Wählen Sie die Datei aus, die Ihr Programm gespeichert hat.",
            [CatFinding.TooLarge] = "Die Datei hat mehr als {0} KB. Laden Sie nur die Datei dieses Auftrags hoch.",
            [CatFinding.Malformed] = "Ab hier lässt sich die Datei nicht als XML lesen. Sie darf weder beschädigt sein noch einen Dokumenttyp (DOCTYPE) enthalten.",
            [CatFinding.TooDeep] = "Elemente dürfen höchstens {0} tief ineinander liegen.",
            [CatFinding.NotXliff] = "Das ist keine XLIFF-Datei. Das äußerste Element muss <xliff> sein.",
            [CatFinding.Version] = "XLIFF „{0}“ wird nicht gelesen. Speichern Sie die Datei als XLIFF 2.0 oder 2.1.",
            [CatFinding.Language] = "Hier muss „{0}“ stehen, die Sprache des Auftrags.",
            [CatFinding.OtherJob] = "Die Datei gehört zu einem anderen Auftrag. Dieser hier ist {0}.",
            [CatFinding.UnitMissing] = "Die Einheit „{0}“ fehlt. Exportieren Sie die ganze Datei, auch was noch nicht übersetzt ist.",
            [CatFinding.UnitUnknown] = "Die Einheit „{0}“ gibt es in diesem Auftrag nicht.",
            [CatFinding.UnitTwice] = "Die Einheit „{0}“ steht zweimal da.",
            [CatFinding.SourceChanged] = "Der Ausgangstext der Einheit „{0}“ ist nicht der des Auftrags. Laden Sie den Auftrag neu herunter.",
            [CatFinding.CodeUnknown] = "Der Platzhalter „{0}“ steht nicht im Ausgangstext. Übernehmen Sie nur dessen Platzhalter, ohne Formatierung.",
            [CatFinding.OrderWrong] = "Die Reihenfolge „{0}“ gibt es nicht oder zweimal.",
            [CatFinding.NothingTranslated] = "In der Datei ist noch nichts übersetzt.",
            [CatFinding.TooLong] = "Die Übersetzung hat mehr als {0} Zeichen.",
        },
    };

    private static readonly CatWords English = new()
    {
        Tools = "Files for CAT tools",
        Title = "Files",
        Lead = "Translate in a program of your own and upload the file afterwards. It goes into the draft; you check and deliver it at the workbench.",
        Back = "To the workbench",
        Download = "Download",
        Job = "Job (XLIFF 2.1)",
        Memory = "This customer's memory (TMX 1.4b)",
        Terms = "This customer's terms (TBX)",
        Upload = "Upload",
        File = "Translated XLIFF file",
        FileHint = "This job's file, {0} KB at most.",
        TakeOver = "Take over into the draft",
        Taken = "The file is in the draft.",
        TakenPartly = "The file is in the draft. {0} of {1} sentences have no translation yet.",
        Checked = " The checks have remarks: {0}.",
        Conflict = "Meanwhile another text stands in the editor. Upload the file once more to replace it.",
        Refused = "The file was not taken over; the draft is as it was.",
        Line = "Line",
        Field = "Place",
        What = "What it is",
        Findings = new Dictionary<string, string>
        {
            [CatFinding.NoFile] = "There is no file, or it is empty. Choose the file that your program has saved.",
            [CatFinding.TooLarge] = "The file has more than {0} KB. Upload only the file of this job.",
            [CatFinding.Malformed] = "From here on the file cannot be read as XML. It must neither be damaged nor have a document type (DOCTYPE).",
            [CatFinding.TooDeep] = "Elements may lie {0} deep at most.",
            [CatFinding.NotXliff] = "This is no XLIFF file. The outermost element must be <xliff>.",
            [CatFinding.Version] = "XLIFF ‘{0}’ is not read. Save the file as XLIFF 2.0 or 2.1.",
            [CatFinding.Language] = "This must be ‘{0}’, the job's language.",
            [CatFinding.OtherJob] = "The file belongs to another job. This one is {0}.",
            [CatFinding.UnitMissing] = "The unit ‘{0}’ is missing. Export the whole file, also what is not translated yet.",
            [CatFinding.UnitUnknown] = "This job has no unit ‘{0}’.",
            [CatFinding.UnitTwice] = "The unit ‘{0}’ is there twice.",
            [CatFinding.SourceChanged] = "The source of the unit ‘{0}’ is not that of the job. Download the job anew.",
            [CatFinding.CodeUnknown] = "The placeholder ‘{0}’ is not in the source. Use only its placeholders, and no formatting.",
            [CatFinding.OrderWrong] = "The order ‘{0}’ does not exist, or exists twice.",
            [CatFinding.NothingTranslated] = "Nothing in the file is translated yet.",
            [CatFinding.TooLong] = "The translation has more than {0} characters.",
        },
    };

    public required string Tools { get; init; }

    public required string Title { get; init; }

    public required string Lead { get; init; }

    public required string Back { get; init; }

    public required string Download { get; init; }

    public required string Job { get; init; }

    public required string Memory { get; init; }

    public required string Terms { get; init; }

    public required string Upload { get; init; }

    public required string File { get; init; }

    /// <summary>{0}: kilobytes.</summary>
    public required string FileHint { get; init; }

    public required string TakeOver { get; init; }

    public required string Taken { get; init; }

    /// <summary>{0} of {1} sentences.</summary>
    public required string TakenPartly { get; init; }

    /// <summary>{0}: how many; follows <see cref="Taken"/>.</summary>
    public required string Checked { get; init; }

    public required string Conflict { get; init; }

    public required string Refused { get; init; }

    public required string Line { get; init; }

    public required string Field { get; init; }

    public required string What { get; init; }

    /// <summary>By <see cref="CatFinding.Code"/>; {0}: its detail.</summary>
    public required IReadOnlyDictionary<string, string> Findings { get; init; }

    public static CatWords Of(string locale) => locale == "en" ? English : German;
}
