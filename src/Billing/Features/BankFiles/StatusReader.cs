using System.Xml.Linq;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>What the bank says of a transfer.</summary>
internal sealed record TransferStatus(string EndToEndId, bool IsRefused, string? Reason);

/// <summary>What the bank says of a payment order: of each transfer, or of the whole order.</summary>
internal sealed record StatusFile(string MessageId, string? RefusedOrder, string? OrderReason, IReadOnlyList<TransferStatus> Transfers);

/// <summary>Reads status reports (<c>pain.002</c>), of any version.</summary>
internal static class StatusReader
{
    // Rejected, and cancelled; everything else is on its way or done.
    private static readonly string[] Refused = ["RJCT", "CANC"];
    private static readonly string[] Known = ["RJCT", "CANC", "ACCC", "ACCP", "ACSC", "ACSP", "ACTC", "ACWC", "PDNG", "RCVD", "PART", "ACWP"];

    public static StatusFile Read(BankXml xml)
    {
        var report = xml.Root.The("CstmrPmtStsRpt");
        if (report is null)
        {
            xml.Fault(xml.Root, "field.missing", "The file says that it is a status report, and has none in it.");
            return new StatusFile("", null, null, []);
        }

        var group = report.The("OrgnlGrpInfAndSts");
        var wholeOrder = group.The("GrpSts");
        var refusedOrder = IsRefused(xml, wholeOrder) ? group.Text("OrgnlMsgId") : null;
        var reason = Reason(group);
        var transfers = new List<TransferStatus>();
        foreach (var payment in report.All("OrgnlPmtInfAndSts"))
        {
            // Payment orders have one part each, which is named like the order.
            if (refusedOrder is null && IsRefused(xml, payment.The("PmtInfSts")) && !payment.All("TxInfAndSts").Any())
            {
                (refusedOrder, reason) = (payment.Text("OrgnlPmtInfId"), Reason(payment) ?? reason);
            }

            foreach (var transfer in payment.All("TxInfAndSts"))
            {
                if (transfer.Text("OrgnlEndToEndId") is not { } id)
                {
                    xml.Fault(transfer, "field.missing", "OrgnlEndToEndId is missing: nobody can say which transfer is meant.");
                    continue;
                }

                transfers.Add(new TransferStatus(id, IsRefused(xml, transfer.The("TxSts")), Reason(transfer)));
            }
        }

        return new StatusFile(report.Text("GrpHdr", "MsgId") ?? "", refusedOrder, reason, transfers);
    }

    private static bool IsRefused(BankXml xml, XElement? status)
    {
        if (status is null)
        {
            return false;
        }

        var code = status.Value.Trim();
        if (!Known.Contains(code))
        {
            xml.Fault(status, "status.unknown", $"The status must be one of {string.Join(", ", Known)}.");
        }

        return Refused.Contains(code);
    }

    private static string? Reason(XElement? element) => element.Text("StsRsnInf", "Rsn", "Cd") ?? element.Text("StsRsnInf", "Rsn", "Prtry");
}
