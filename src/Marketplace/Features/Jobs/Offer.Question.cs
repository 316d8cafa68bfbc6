using Microsoft.AspNetCore.Mvc;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>Asking before taking.</summary>
public sealed partial class OfferPage
{
    [BindProperty]
    public string? Question { get; set; }

    public string? AskError { get; private set; }

    public AskForm Ask => new("ask", $"/portal/jobs/{PublicId.Format("job", Job.Id)}?handler=Ask", reader.W.AskHintOpen, Question, AskError);

    public Conversation Conversation { get; private set; } = Conversation.None;

    public async Task<IActionResult> OnPostAskAsync(string id, [FromServices] AskQuestion question, CancellationToken cancellationToken)
    {
        var result = PublicId.TryParse("job", id, out var jobId)
            ? await question.RunAsync(User.TranslatorId(), jobId, Question, cancellationToken)
            : AskResult.NotYours;
        if (result == AskResult.Asked)
        {
            this.Notice(reader.W.Asked);
            return LocalRedirect($"/portal/jobs/{id}");
        }

        AskError = AskForm.Words(result, reader);
        return await OnGetAsync(id, cancellationToken);
    }
}
