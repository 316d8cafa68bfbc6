using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>A booking that came in.</summary>
/// <param name="Key">Names the booking in every file that tells of it.</param>
/// <param name="Cents">More than nothing.</param>
/// <param name="BookedOn">The bank's day.</param>
/// <param name="References">Structured references, wherever they stand in it.</param>
/// <param name="EndToEndId">What the payer gave along; a payout that comes back has ours.</param>
/// <param name="ReturnReason">The bank's code, if it is money that comes back.</param>
/// <param name="Details">Who paid, and what she wrote.</param>
internal sealed record IncomingBooking(
    string Key, long Cents, DateOnly BookedOn, IReadOnlyList<string> References, string? EndToEndId, string? ReturnReason, PaymentDetails Details);

/// <summary>What a statement or notice says.</summary>
internal sealed record CamtFile(string Form, string MessageId, IReadOnlyList<IncomingBooking> Incoming, int Outgoing, int NotBooked);

/// <summary>Reads statements (<c>camt.053</c>) and notices (<c>camt.054</c>) of the platform's account, of any version.</summary>
internal sealed class CamtReader(BankXml xml, string ownIban)
{
    private readonly List<IncomingBooking> _incoming = [];
    private readonly Dictionary<string, int> _alike = new(StringComparer.Ordinal);
    private int _outgoing;
    private int _notBooked;

    /// <summary>Null if faults were found.</summary>
    public CamtFile Read()
    {
        var isStatement = xml.Form == "camt.053";
        var body = xml.Root.The(isStatement ? "BkToCstmrStmt" : "BkToCstmrDbtCdtNtfctn");
        if (body is null)
        {
            xml.Fault(xml.Root, "field.missing", "The file says what it is, and has nothing of that in it.");
            return new CamtFile(xml.Form, "", [], 0, 0);
        }

        foreach (var statement in body.All(isStatement ? "Stmt" : "Ntfctn"))
        {
            Statement(statement, isStatement);
        }

        return new CamtFile(xml.Form, body.Text("GrpHdr", "MsgId") ?? "", _incoming, _outgoing, _notBooked);
    }

    private void Statement(XElement statement, bool isStatement)
    {
        var iban = statement.The("Acct", "Id", "IBAN");
        if (iban is null || Iban.Normalise(iban.Value) != ownIban)
        {
            xml.Fault(iban ?? statement, "account.foreign", "This is a statement of another account than the platform's own.");
            return;
        }

        long moved = 0;
        foreach (var entry in statement.All("Ntry"))
        {
            moved += Entry(entry);
        }

        if (isStatement)
        {
            CheckBalances(statement, moved);
        }
    }

    /// <summary>What was booked must lead from one balance to the other: otherwise something of the file is missing.</summary>
    private void CheckBalances(XElement statement, long moved)
    {
        var balances = statement.All("Bal").ToLookup(b => b.Text("Tp", "CdOrPrtry", "Cd") ?? "");
        var (opening, closing) = (balances["OPBD"].Concat(balances["PRCD"]).FirstOrDefault(), balances["CLBD"].FirstOrDefault());
        if (opening is not null && closing is not null
            && Signed(opening) is { } before && Signed(closing) is { } after && before + moved != after)
        {
            xml.Fault(
                closing.The("Amt")!, "balance.mismatch",
                string.Create(CultureInfo.InvariantCulture, $"The entries make {moved / 100m:0.00}, the balances differ by {(after - before) / 100m:0.00}: something is missing. Get the file from the bank again."));
        }
    }

    private long? Signed(XElement element) =>
        xml.Cents(element.The("Amt"), element, "Amt") is { } cents ? element.Text("CdtDbtInd") == "DBIT" ? -cents : cents : null;

    /// <returns>What it moved.</returns>
    private long Entry(XElement entry)
    {
        if ((entry.Text("Sts", "Cd") ?? entry.Text("Sts")) is not (null or "BOOK"))
        {
            // Announced, not booked: it comes again when it is.
            _notBooked++;
            return 0;
        }

        var cents = xml.Cents(entry.The("Amt"), entry, "Amt");
        var side = entry.Text("CdtDbtInd");
        if (side is not ("CRDT" or "DBIT"))
        {
            xml.Fault(entry.The("CdtDbtInd") ?? entry, "field.invalid", "CdtDbtInd must be CRDT or DBIT.");
            return 0;
        }

        var day = xml.Day(entry.The("BookgDt"), entry, "BookgDt");
        if (cents is null || day is null)
        {
            return 0;
        }

        if (side == "DBIT")
        {
            _outgoing++;
            return -cents.Value;
        }

        Credit(entry, cents.Value, day.Value);
        return cents.Value;
    }

    private void Credit(XElement entry, long cents, DateOnly day)
    {
        var transactions = entry.All("NtryDtls").SelectMany(d => d.All("TxDtls")).ToList();
        if (transactions.Count <= 1)
        {
            Add(entry, transactions.FirstOrDefault(), cents, day, isOnly: true);
            return;
        }

        long sum = 0;
        foreach (var transaction in transactions)
        {
            var amount = transaction.The("Amt") ?? transaction.The("AmtDtls", "TxAmt", "Amt");
            if (xml.Cents(amount, transaction, "Amt") is { } part)
            {
                sum += part;
                Add(entry, transaction, part, day, isOnly: false);
            }
        }

        if (sum != cents)
        {
            xml.Fault(entry.The("Amt")!, "amount.mismatch", "The transactions of this entry do not make its amount.");
        }
    }

    private void Add(XElement entry, XElement? transaction, long cents, DateOnly day, bool isOnly)
    {
        if (cents == 0)
        {
            return;
        }

        var structured = transaction.The("RmtInf")?.All("Strd").Select(s => s.Text("CdtrRefInf", "Ref")).OfType<string>().ToList() ?? [];
        var free = string.Concat(transaction.The("RmtInf")?.All("Ustrd").Select(u => u.Value) ?? []);
        if (free.Length == 0)
        {
            free = entry.Text("AddtlNtryInf") ?? "";
        }

        var references = structured.Select(s => CreditorReference.TryParse(s, out var reference) ? reference : null).OfType<string>()
            .Concat(CreditorReference.FindIn(free)).Distinct(StringComparer.Ordinal).ToList();
        var payer = transaction.The("RltdPties");
        var details = new PaymentDetails(
            payer.Text("Dbtr", "Pty", "Nm") ?? payer.Text("Dbtr", "Nm"), payer.Text("DbtrAcct", "Id", "IBAN"), string.Join(' ', [.. structured, free]).Trim());
        var endToEnd = transaction.Text("Refs", "EndToEndId");
        _incoming.Add(new IncomingBooking(
            Key(entry, transaction, cents, day, endToEnd, details, isOnly), cents, day, references, endToEnd,
            transaction.Text("RtrInf", "Rsn", "Cd") ?? (transaction.The("RtrInf") is null ? null : "NARR"), details));
    }

    /// <summary>
    /// The bank's own reference of the booking, by which statement and notice name the same. Without one, everything that is known of it; two that are
    /// alike in one file are two.
    /// </summary>
    private string Key(XElement entry, XElement? transaction, long cents, DateOnly day, string? endToEnd, PaymentDetails details, bool isOnly)
    {
        var given = transaction.Text("Refs", "AcctSvcrRef") ?? (isOnly ? entry.Text("AcctSvcrRef") : null);
        var known = given is not null
            ? string.Create(CultureInfo.InvariantCulture, $"ref|{given}|{day:O}|{cents}")
            : string.Create(CultureInfo.InvariantCulture, $"all|{entry.Text("AcctSvcrRef")}|{day:O}|{cents}|{endToEnd}|{details.Iban}|{details.Text}");
        var count = _alike[known] = _alike.GetValueOrDefault(known) + 1;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{known}|{count}"))));
    }
}
