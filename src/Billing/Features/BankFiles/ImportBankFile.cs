using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>What came of a file of the bank's.</summary>
/// <param name="Form">What it was, for example camt.053.</param>
/// <param name="AlreadyImported">It had been imported before, and nothing was done now.</param>
/// <param name="Booked">Payments that found their merchant.</param>
/// <param name="Unmatched">Payments that a person must look at.</param>
/// <param name="Known">Bookings that an earlier file had told of.</param>
/// <param name="Outgoing">Bookings that went out; they are not booked again.</param>
/// <param name="NotBooked">Bookings that the bank only announces.</param>
/// <param name="PayoutsPaid">Payouts that the bank carried out.</param>
/// <param name="PayoutsReturned">Payouts that came back.</param>
/// <param name="PayoutsUnknown">Answers to transfers that are none of our payouts.</param>
public sealed record BankFileResult(
    string Form, bool AlreadyImported, int Booked, int Unmatched, int Known, int Outgoing, int NotBooked, int PayoutsPaid, int PayoutsReturned,
    int PayoutsUnknown);

/// <summary>
/// <c>POST /operations/bank-files</c>: statements, notices and status reports as the bank gives them. All of a file is booked, or nothing: a single finding
/// keeps all of it back.
/// </summary>
internal sealed class ImportBankFile(
    BillingDbContext db, BookPayments payments, ReturnPayouts payouts, IOptions<Seller> seller, Caller caller, TimeProvider time)
{
    private const long LargestFile = 20_000_000;

    /// <summary>Advisory lock of its own: the numbers before it belong to payouts, seeds and migrations.</summary>
    private const long ImportLock = 0x5A57_0006;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/operations/bank-files", HandleAsync)
        .SavesOnce()
        .RequireScope(Scope.Operator)
        .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
        .WithName("importBankFile");

    private static async Task<IResult> HandleAsync(Upload file, ImportBankFile import, CancellationToken cancellationToken) =>
        Answer.Ok(await import.RunAsync(file.Content, cancellationToken));

    /// <exception cref="ApiException">The file has faults (422); each is named with line and field, and nothing was booked.</exception>
    private async Task<BankFileResult> RunAsync(byte[] content, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(content);
        // One at a time: two files that tell of the same bookings would meet at the same rows.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({ImportLock})", cancellationToken);
        if (await db.BankFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Sha256 == hash, cancellationToken) is { } earlier)
        {
            return JsonSerializer.Deserialize<BankFileResult>(earlier.Result, JsonSerializerOptions.Web)! with { AlreadyImported = true };
        }

        var faults = new Faults();
        var (fileId, xml) = (Guid.CreateVersion7(time.GetUtcNow()), BankXml.Read(content, faults));
        faults.ThrowIfAny();
        var (messageId, result) = xml!.Form switch
        {
            "camt.053" or "camt.054" => await BookAsync(fileId, new CamtReader(xml, Iban.Normalise(seller.Value.Complete().Iban)).Read(), faults, cancellationToken),
            "pain.002" => await AnswerAsync(StatusReader.Read(xml), faults, cancellationToken),
            _ => Refuse(xml, faults),
        };
        db.BankFiles.Add(new BankFile
        {
            Id = fileId,
            Sha256 = hash,
            Form = result.Form,
            MessageId = messageId,
            ImportedBy = caller.OperatorId,
            ImportedAt = time.GetUtcNow(),
            Result = JsonSerializer.Serialize(result, JsonSerializerOptions.Web),
        });
        await db.SaveChangesAsync(cancellationToken);
        return result;
    }

    private static (string, BankFileResult) Refuse(BankXml xml, Faults faults)
    {
        xml.Fault(xml.Root, "file.unknown", "Import a statement (camt.053), a notice (camt.054) or a status report (pain.002).");
        faults.ThrowIfAny();
        throw new InvalidOperationException("A file of an unknown form has a fault.");
    }

    private async Task<(string, BankFileResult)> BookAsync(Guid fileId, CamtFile file, Faults faults, CancellationToken cancellationToken)
    {
        faults.ThrowIfAny();
        var (booked, unmatched, known, returned) = (0, 0, 0, 0);
        foreach (var booking in file.Incoming)
        {
            if (booking.ReturnReason is { } reason && await payouts.FindAsync(booking.EndToEndId, cancellationToken) is { } payout && payout.Cents == booking.Cents)
            {
                _ = await payouts.ReturnAsync(payout, reason, cancellationToken) ? returned++ : known++;
                continue;
            }

            switch (await payments.BookAsync(fileId, booking, cancellationToken))
            {
                case null:
                    known++;
                    break;
                case { State: PaymentState.Booked }:
                    booked++;
                    break;
                default:
                    unmatched++;
                    break;
            }
        }

        return (file.MessageId, new BankFileResult(file.Form, false, booked, unmatched, known, file.Outgoing, file.NotBooked, 0, returned, 0));
    }

    private async Task<(string, BankFileResult)> AnswerAsync(StatusFile file, Faults faults, CancellationToken cancellationToken)
    {
        faults.ThrowIfAny();
        var transfers = file.Transfers.ToList();
        if (Guid.TryParseExact(file.RefusedOrder, "N", out var batch))
        {
            var ofOrder = await db.Payouts.Where(p => p.BatchId == batch).Select(p => p.EndToEndId).ToListAsync(cancellationToken);
            transfers.AddRange(ofOrder.Select(id => new TransferStatus(id, true, file.OrderReason)));
        }

        var (paid, returned, unknown) = (0, 0, 0);
        foreach (var transfer in transfers)
        {
            if (await payouts.FindAsync(transfer.EndToEndId, cancellationToken) is not { } payout)
            {
                unknown++;
            }
            else if (!transfer.IsRefused)
            {
                paid += payout.TryPay(time.GetUtcNow()) ? 1 : 0;
            }
            else
            {
                returned += await payouts.ReturnAsync(payout, transfer.Reason ?? "NARR", cancellationToken) ? 1 : 0;
            }
        }

        return (file.MessageId, new BankFileResult("pain.002", false, 0, 0, 0, 0, 0, paid, returned, unknown));
    }
}

/// <summary>A file as it was sent.</summary>
internal sealed record Upload(byte[] Content) : IRawBody
{
    public ReadOnlyMemory<byte> Raw => Content;

    public static async ValueTask<Upload?> BindAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return new Upload(buffer.ToArray());
    }
}
