using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.ReviewJob;

/// <summary>What is wrong with a delivery.</summary>
public sealed record ObjectionItem
{
    [Description("What kind of fault it is."), AllowedValues("meaning", "omission", "language", "terminology", "tone", "brief", "other")]
    public string? Reason { get; init; }

    [Description("What is wrong, in your words; the translator reads it."), MaxLength(Objections.NoteLength)]
    public string? Note { get; init; }

    [Description("The places of the delivered text that are meant: of the `text`, of a summary's `gist`, of a call's `report`."), MaxLength(Objections.Passages)]
    public IReadOnlyList<PassageItem>? Passages { get; init; }
}

/// <summary>A place in the delivered text.</summary>
public sealed record PassageItem
{
    [Description("Offset of the first character, in UTF-16 code units, from 0."), Required]
    public int? Start { get; init; }

    [Description("Offset after the last character."), Required]
    public int? End { get; init; }

    [Description("What is wrong with it."), MaxLength(Objections.PassageNoteLength)]
    public string? Note { get; init; }
}

/// <summary>How much an objection has to say.</summary>
internal enum ObjectionNeeds
{
    /// <summary>Something: a reason, a note or a passage.</summary>
    Anything,

    Reason,

    ReasonAndPassage,
}

/// <summary>Checks what a merchant says against a delivery, and seals it for the one who has to read it.</summary>
internal sealed class Objections(OrdersDbContext db, Merchants merchants, TextVault vault)
{
    public const int NoteLength = 2000;
    public const int PassageNoteLength = 500;
    public const int Passages = 50;

    /// <exception cref="ApiException">Something is wrong with it; all faults at once (422).</exception>
    public async Task<ObjectionContent> CheckAsync(Job job, Body<ObjectionItem> body, ObjectionNeeds needs, CancellationToken cancellationToken)
    {
        var (item, faults) = (body.Value, body.Faults);
        CheckNeeds(item, needs, faults);
        faults.OneOf("/reason", item.Reason, "reason.unknown", "meaning", "omission", "language", "terminology", "tone", "brief", "other");
        faults.Text("/note", item.Note, NoteLength);
        if (item.Passages?.Count > Passages)
        {
            faults.Add("/passages", "field.too_many", $"At most {Passages} passages are permitted; these are {item.Passages.Count}.");
        }

        // Without a delivery there is no text to look at; the job's state refuses the objection then.
        var length = item.Passages is { Count: > 0 } && job.DeliveryId is { } delivery ? await LengthAsync(job, delivery, cancellationToken) : (int?)null;
        var passages = CheckPassages(item.Passages ?? [], length, faults);
        faults.ThrowIfAny();
        return new ObjectionContent(item.Reason ?? "other", item.Note, passages);
    }

    public async Task<SealedText> SealAsync(Job job, ObjectionContent objection, CancellationToken cancellationToken)
    {
        var merchant = await merchants.GetAsync(job.MerchantId, cancellationToken);
        return vault.Seal(merchant.DataKey, job.DeliveryId!.Value, TextPurpose.Objection, objection);
    }

    public async Task<ObjectionContent> OpenAsync(Complaint complaint, CancellationToken cancellationToken)
    {
        var merchant = await merchants.GetAsync(complaint.MerchantId, cancellationToken);
        var text = await db.ComplaintTexts.AsNoTracking().SingleAsync(t => t.ComplaintId == complaint.Id, cancellationToken);
        return vault.Open<ObjectionContent>(merchant.DataKey, complaint.DeliveryId, TextPurpose.Objection, text.Content);
    }

    private static void CheckNeeds(ObjectionItem item, ObjectionNeeds needs, Faults faults)
    {
        if (needs != ObjectionNeeds.Anything)
        {
            faults.Required("/reason", item.Reason);
        }
        else if (item.Reason is null && string.IsNullOrWhiteSpace(item.Note) && item.Passages is not { Count: > 0 } && !faults.Any)
        {
            faults.Add("/note", "field.required", "Say what is to be changed: give a note, a reason or a passage.");
        }

        if (needs == ObjectionNeeds.ReasonAndPassage && item.Passages is not { Count: > 0 })
        {
            faults.Add("/passages", "field.required", "Name at least one passage.");
        }
    }

    private static List<Passage> CheckPassages(IReadOnlyList<PassageItem> items, int? length, Faults faults)
    {
        var passages = new List<Passage>(items.Count);
        foreach (var (_, at, item) in faults.Placed("/passages", items))
        {
            if (item.Start is null)
            {
                faults.Add($"{at}/start", "field.required", "This field is required.");
            }
            else if (item.Start < 0)
            {
                faults.Add($"{at}/start", "field.range", "Offsets count from 0.");
            }

            if (item.End is null)
            {
                faults.Add($"{at}/end", "field.required", "This field is required.");
            }
            else if (item.End <= item.Start)
            {
                faults.Add($"{at}/end", "passage.empty", "The end must be after the start.");
            }
            else if (item.End > length)
            {
                faults.Add($"{at}/end", "passage.beyond_text", $"The delivered text has {length} characters.");
            }

            faults.Text($"{at}/note", item.Note, PassageNoteLength);
            passages.Add(new Passage(item.Start ?? 0, item.End ?? 0, item.Note));
        }

        return passages;
    }

    private async Task<int> LengthAsync(Job job, Guid delivery, CancellationToken cancellationToken)
    {
        var merchant = await merchants.GetAsync(job.MerchantId, cancellationToken);
        var text = await db.DeliveryTexts.AsNoTracking().SingleAsync(t => t.DeliveryId == delivery, cancellationToken);
        var content = vault.Open<DeliveryContent>(merchant.DataKey, delivery, TextPurpose.DeliveryContent, text.Content);
        return (content.Summary?.Gist ?? content.CallReport ?? content.Text).Length;
    }
}
