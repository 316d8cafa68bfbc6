namespace Zweizeiler.Marketplace.Domain;

/// <summary>To whom an open job is offered before anybody else. Decided on a locked row.</summary>
public sealed partial class Job
{
    /// <summary>Who may take it before anybody else; null when it is open to all, or not open.</summary>
    public Guid? OfferedToId { get; private set; }

    public DateTimeOffset? OfferedUntil { get; private set; }

    /// <summary>How often it was offered in turn.</summary>
    public int OfferRound { get; private set; }

    /// <summary>Whether somebody else is asked before this translator.</summary>
    public bool IsKeptFrom(Guid translatorId, DateTimeOffset now, TimeSpan grace) =>
        State == JobState.Open && OfferedToId is { } other && other != translatorId && OfferedUntil + grace > now;

    /// <summary>Whether it is offered to this translator before anybody else.</summary>
    public bool IsOfferedTo(Guid translatorId, DateTimeOffset now) => State == JobState.Open && OfferedToId == translatorId && OfferedUntil > now;

    public void BeginRound() => OfferRound++;

    public void OfferTo(Guid translatorId, DateTimeOffset until) => (OfferedToId, OfferedUntil) = (translatorId, until);

    public void OpenToAll() => (OfferedToId, OfferedUntil) = (null, null);
}
