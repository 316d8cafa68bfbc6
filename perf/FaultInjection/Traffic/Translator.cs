using System.Text.RegularExpressions;
using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Oracle;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>A translator in the portal: races for what is on offer, asks, hands back, delivers, revises, rules on others' disputes.</summary>
internal sealed partial class Translator(int seed, Uri portal, StackTranslator person, Guid id, Journal journal, Market market)
{
    private const int MostAtATime = 3;

    private readonly Random _random = new(seed);
    private PortalSession? _session;

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && market.Phase != Phase.Closed)
        {
            var outcome = Outcome.Acknowledged;
            try
            {
                _session ??= await PortalSession.SignInAsync(portal, person, cancellationToken);
                await LookAsync(_session, cancellationToken);
            }
            catch (Exception e) when (e is DemoException or HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // A page that did not come, or a form that is gone because somebody was quicker: she looks again.
                outcome = e is DemoException ? Outcome.Refused : Outcome.Unknown;
            }

            journal.Count(outcome);
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(100, 600)), cancellationToken);
        }

        _session?.Dispose();
    }

    private async Task LookAsync(PortalSession session, CancellationToken cancellationToken)
    {
        var page = await session.PageAsync("portal", cancellationToken);
        if (page.Contains("data-action=\"sign-in\"", StringComparison.Ordinal))
        {
            session.Dispose();
            _session = null;
            return;
        }

        if (_random.Next(12) == 0)
        {
            await RuleAsync(session, cancellationToken);
        }

        // What is to be revised stands on the other page.
        var mine = _random.Next(4) == 0 ? await session.PageAsync("portal/work", cancellationToken) : "";
        var held = Held().Matches(page + mine).Select(m => m.Groups[1].Value).Distinct().ToList();
        var offered = Offered().Matches(page).Select(m => m.Groups[1].Value).Distinct().Except(held).ToList();
        if (held.Count < MostAtATime && offered.Count > 0 && (held.Count == 0 || _random.Next(2) == 0))
        {
            // The first of the list, as the others do: that is what makes it a race.
            await ClaimAsync(session, offered[_random.Next(3) == 0 ? _random.Next(offered.Count) : 0], cancellationToken);
        }
        else if (held.Count > 0)
        {
            await WriteAsync(session, held[_random.Next(held.Count)], cancellationToken);
        }
    }

    private async Task ClaimAsync(PortalSession session, string job, CancellationToken cancellationToken)
    {
        var (page, _) = await session.SubmitAsync($"portal/jobs/{job}", "claim", cancellationToken);
        if (page.AbsolutePath.EndsWith($"/work/{job}", StringComparison.Ordinal))
        {
            Done("claim", job);
        }
    }

    private async Task WriteAsync(PortalSession session, string job, CancellationToken cancellationToken)
    {
        var page = await session.PageAsync($"portal/work/{job}", cancellationToken);
        var kind = Kind().Match(page) is { Success: true } match ? match.Groups[1].Value : throw new DemoException("The workbench has no kind.");
        var isWaiting = page.Contains("id=\"on-hold\"", StringComparison.Ordinal);
        var chance = _random.Next(100);
        if (isWaiting && chance < 70 && market.Phase == Phase.Open)
        {
            return;
        }

        if (!isWaiting && chance < 8 && market.Phase == Phase.Open)
        {
            await session.AskAsync(job, $"Was ist ein {Texts.Mark}?", cancellationToken);
        }
        else if (!isWaiting && chance < 15 && market.Phase == Phase.Open && page.Contains("data-action=\"hand-back\"", StringComparison.Ordinal))
        {
            await session.SubmitAsync($"portal/work/{job}", "hand-back", cancellationToken, ("reason", "no_time"));
        }
        else
        {
            await session.DeliverAsync(job, cancellationToken, Texts.Delivery(kind, _random));
            Done("deliver", job);
            market.Delivered(job);
        }
    }

    private async Task RuleAsync(PortalSession session, CancellationToken cancellationToken)
    {
        var page = await session.PageAsync("portal/disputes", cancellationToken);
        var disputes = Dispute().Matches(page).Select(m => m.Groups[1].Value).Distinct().ToList();
        if (disputes.Count == 0)
        {
            return;
        }

        var path = $"portal/disputes/{disputes[_random.Next(disputes.Count)]}";
        if ((await session.PageAsync(path, cancellationToken)).Contains("data-action=\"take-dispute\"", StringComparison.Ordinal))
        {
            await session.SubmitAsync(path, "take-dispute", cancellationToken);
        }

        await session.SubmitAsync(path, "rule", cancellationToken, ("Stands", _random.Next(2) == 0 ? "true" : "false"), ("Words", $"{Texts.Mark} ist geprüft."));
    }

    private void Done(string kind, string job)
    {
        if (PublicId.TryParse("job", job, out var jobId))
        {
            journal.Done(new Deed(kind, jobId, id));
        }
    }

    [GeneratedRegex("data-held=\"(job_[^\"]+)\"")]
    private static partial Regex Held();

    [GeneratedRegex("data-job=\"(job_[^\"]+)\"")]
    private static partial Regex Offered();

    [GeneratedRegex("data-kind=\"([^\"]+)\"")]
    private static partial Regex Kind();

    [GeneratedRegex("data-dispute=\"(dlv_[^\"]+)\"")]
    private static partial Regex Dispute();
}
