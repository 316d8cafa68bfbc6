namespace Zweizeiler.Billing.Domain;

/// <summary>What an account is for. Amounts are seen from the account: plus is more on it.</summary>
public enum AccountKind
{
    /// <summary>What a merchant has paid in and can still spend.</summary>
    MerchantBalance,

    /// <summary>What is set aside of a merchant's balance for jobs that are not done yet.</summary>
    MerchantReserved,

    /// <summary>Net of charged jobs on its way to translator and platform; zero when every charge has been shared out.</summary>
    Revenue,

    /// <summary>What the platform keeps of the net.</summary>
    PlatformShare,

    /// <summary>What is owed to a translator.</summary>
    TranslatorPayable,

    /// <summary>Value added tax owed to the tax office.</summary>
    Tax,

    /// <summary>Raises that the platform paid out of its share so that a late job found somebody: minus is what they cost.</summary>
    FeeRaises,

    /// <summary>Money at the bank, seen from the other side: minus is what came in.</summary>
    Clearing,

    /// <summary>Value added tax on translators' statements, which the tax office gives back: minus is what it owes.</summary>
    InputTax,

    /// <summary>What came in and is nobody's yet.</summary>
    Unassigned,
}

/// <summary>Names an account: its kind, and whose it is for those that belong to somebody.</summary>
public readonly record struct AccountKey(AccountKind Kind, Guid? OwnerId)
{
    public static AccountKey Revenue { get; } = new(AccountKind.Revenue, null);

    public static AccountKey PlatformShare { get; } = new(AccountKind.PlatformShare, null);

    public static AccountKey Tax { get; } = new(AccountKind.Tax, null);

    public static AccountKey FeeRaises { get; } = new(AccountKind.FeeRaises, null);

    public static AccountKey Clearing { get; } = new(AccountKind.Clearing, null);

    public static AccountKey InputTax { get; } = new(AccountKind.InputTax, null);

    public static AccountKey Unassigned { get; } = new(AccountKind.Unassigned, null);

    public static AccountKey BalanceOf(Guid merchant) => new(AccountKind.MerchantBalance, merchant);

    public static AccountKey ReservedOf(Guid merchant) => new(AccountKind.MerchantReserved, merchant);

    public static AccountKey PayableTo(Guid translator) => new(AccountKind.TranslatorPayable, translator);
}

public sealed class Account
{
    public required Guid Id { get; init; }

    public required AccountKind Kind { get; init; }

    /// <summary>The merchant or translator; null for the platform's own accounts.</summary>
    public Guid? OwnerId { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public AccountKey Key => new(Kind, OwnerId);
}

/// <summary>
/// The running sum of an account that belongs to somebody; kept by the database with every posting, and never below its floor.
/// The platform's own accounts have none: every charge would queue at that one row.
/// </summary>
public sealed class AccountBalance
{
    public Guid AccountId { get; init; }

    public long BalanceCents { get; init; }

    /// <summary>The least that the balance may be; null where it may be anything.</summary>
    public long? FloorCents { get; init; }
}
