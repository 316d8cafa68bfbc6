using Zweizeiler.Notifications.Domain;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>Every mail there is, and of which kind it is for its reader's preferences.</summary>
public static class MailTemplates
{
    public const string Delivered = "job_delivered";
    public const string Revised = "job_revised";
    public const string Question = "job_question";
    public const string Escalated = "job_escalated";
    public const string Late = "job_delayed";
    public const string RevisionLate = "job_revision_delayed";
    public const string Cancelled = "job_cancelled";
    public const string CancellationRefused = "job_cancellation_refused";
    public const string Expired = "job_expired";
    public const string Refunded = "job_refunded";
    public const string Upheld = "job_upheld";
    public const string Complaint = "job_complaint";
    public const string Corrected = "job_corrected";
    public const string Dismissed = "job_complaint_dismissed";
    public const string Credited = "job_credited";
    public const string PaymentRequired = "job_payment_required";
    public const string Unpaid = "job_unpaid";
    public const string Invoice = "invoice";
    public const string CreditNote = "credit_note";
    public const string Payment = "payment";
    public const string Reminder = "payment_reminder";
    public const string KeyRevoked = "key_revoked";
    public const string WebhookFailing = "webhook_failing";
    public const string WebhookOff = "webhook_off";
    public const string FirstOrder = "first_order";
    public const string AnswerAttachments = "answer_attachments";
    public const string AnswerEmpty = "answer_empty";
    public const string AnswerTooLong = "answer_too_long";
    public const string AnswerTooLarge = "answer_too_large";
    public const string AnswerTooLate = "answer_too_late";
    public const string Offer = "offer";
    public const string ClaimEnding = "claim_ending";
    public const string Revision = "revision";
    public const string Rejection = "rejection";
    public const string ComplaintMade = "complaint";
    public const string Ruling = "ruling";
    public const string PayoutSent = "payout";
    public const string PayoutReturned = "payout_returned";
    public const string Statement = "statement";
    public const string FirstJob = "first_job";
    public const string GoodRating = "good_rating";
    public const string Digest = "digest";

    /// <summary>Before the kind of an account notice.</summary>
    public const string AccountPrefix = "account_";

    /// <summary>Null: it answers what its reader has just done, or holds mails that she wants.</summary>
    private static readonly Dictionary<string, MailKind?> Kinds = new()
    {
        [Delivered] = MailKind.Delivery,
        [Revised] = MailKind.Delivery,
        [Question] = MailKind.Question,
        [Escalated] = MailKind.Promise,
        [Late] = MailKind.Promise,
        [RevisionLate] = MailKind.Promise,
        [Expired] = MailKind.Promise,
        [Cancelled] = MailKind.Cancellation,
        [CancellationRefused] = MailKind.Cancellation,
        [Refunded] = MailKind.Complaint,
        [Upheld] = MailKind.Complaint,
        [Complaint] = MailKind.Complaint,
        [Corrected] = MailKind.Complaint,
        [Dismissed] = MailKind.Complaint,
        [Credited] = MailKind.Complaint,
        [PaymentRequired] = MailKind.Payment,
        [Unpaid] = MailKind.Payment,
        [Payment] = MailKind.Payment,
        [Invoice] = MailKind.Invoice,
        [CreditNote] = MailKind.Invoice,
        [Reminder] = MailKind.Invoice,
        [KeyRevoked] = MailKind.Security,
        [WebhookFailing] = MailKind.Webhooks,
        [WebhookOff] = MailKind.Webhooks,
        [FirstOrder] = MailKind.Thanks,
        [AnswerAttachments] = null,
        [AnswerEmpty] = null,
        [AnswerTooLong] = null,
        [AnswerTooLarge] = null,
        [AnswerTooLate] = null,
        [Offer] = MailKind.Offer,
        [ClaimEnding] = MailKind.Claim,
        [Revision] = MailKind.Review,
        [Rejection] = MailKind.Review,
        [ComplaintMade] = MailKind.Review,
        [Ruling] = MailKind.Review,
        [PayoutSent] = MailKind.Payout,
        [PayoutReturned] = MailKind.Payout,
        [Statement] = MailKind.Statement,
        [FirstJob] = MailKind.Praise,
        [GoodRating] = MailKind.Praise,
        ["account_confirm_email"] = MailKind.Account,
        ["account_reset_password"] = MailKind.Account,
        ["account_invitation"] = MailKind.Account,
        ["account_application_accepted"] = MailKind.Account,
        ["account_application_declined"] = MailKind.Account,
        ["account_pair_enabled"] = MailKind.Account,
        ["account_pair_declined"] = MailKind.Account,
        ["account_sign_in_changed"] = MailKind.Account,
        [Digest] = null,
    };

    public static IReadOnlyCollection<string> All => Kinds.Keys;

    public static MailKind? KindOf(string template) => Kinds[template];

    /// <summary>The mail that an event is told by, if any: only what the merchant will want to know without asking.</summary>
    /// <param name="type">The event's type.</param>
    /// <param name="before">Types of the job's events before it, in their order.</param>
    /// <remarks>A question is told when it comes itself, with its words.</remarks>
    public static string? ForEvent(string type, IReadOnlyList<string> before) => type switch
    {
        "job.delivered" => before.Contains(type) ? Revised : Delivered,
        // Once is enough to know that we are at it; the next thing to be told is how it ended.
        "job.escalated" => before.Contains(type) ? null : Escalated,
        "job.delayed" => before.Contains("job.delivered") ? RevisionLate : Late,
        "job.cancelled" => Cancelled,
        "job.cancellation_refused" => CancellationRefused,
        // Nobody was looked for: the money did not come.
        "job.expired" when before.Contains("job.payment_required") && !before.Contains("job.funded") => Unpaid,
        "job.expired" => Expired,
        "job.refunded" => Refunded,
        // Nothing but a ruling leads from a rejection here, unless an overdue revision crossed it; who accepts herself need not be told.
        "job.accepted" when before.LastOrDefault(t => t is "job.rejected" or "job.delivered") == "job.rejected" => Upheld,
        "job.complaint" => Complaint,
        "job.corrected" => Corrected,
        "job.complaint_dismissed" => Dismissed,
        "job.credited" => Credited,
        "job.payment_required" => PaymentRequired,
        _ => null,
    };
}
