namespace Zweizeiler.Orders.Domain;

/// <summary>What is listed by the time when it was made, the newest first.</summary>
public interface IListed
{
    Guid Id { get; }

    DateTimeOffset CreatedAt { get; }
}
