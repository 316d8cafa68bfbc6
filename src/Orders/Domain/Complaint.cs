namespace Zweizeiler.Orders.Domain;

/// <summary>A complaint about an accepted delivery; what it says rests sealed in a table of its own. Its job decides what happens to it.</summary>
public sealed class Complaint
{
    public required Guid Id { get; init; }

    public required Guid JobId { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    /// <summary>The delivery complained about.</summary>
    public required Guid DeliveryId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid TranslatorId { get; init; }

    public ComplaintState State { get; private set; }

    /// <summary>The delivery that was to put it right.</summary>
    public Guid? CorrectionId { get; private set; }

    public Guid? CorrectorId { get; private set; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset CorrectionDueAt { get; init; }

    public DateTimeOffset? DecidedAt { get; private set; }

    internal bool Correct(Guid deliveryId, Guid translatorId)
    {
        if (State != ComplaintState.Open)
        {
            return false;
        }

        State = ComplaintState.Corrected;
        CorrectionId = deliveryId;
        CorrectorId = translatorId;
        return true;
    }

    internal bool Contest()
    {
        if (State != ComplaintState.Corrected)
        {
            return false;
        }

        State = ComplaintState.Contested;
        return true;
    }

    internal void Decide(ComplaintState state, DateTimeOffset at)
    {
        State = state;
        DecidedAt = at;
    }
}

/// <summary>Where a complaint is. Spelt in lower case everywhere outside this code.</summary>
public enum ComplaintState
{
    Open,
    Corrected,
    Contested,
    Satisfied,
    Credited,
    Dismissed,
}

public static class ComplaintStates
{
    private static readonly string[] Names = ["open", "corrected", "contested", "satisfied", "credited", "dismissed"];

    public static string Name(this ComplaintState state) => Names[(int)state];

    public static ComplaintState Parse(string name) =>
        Array.IndexOf(Names, name) is >= 0 and var index ? (ComplaintState)index : throw new ArgumentException("There is no such state of a complaint.", nameof(name));
}
