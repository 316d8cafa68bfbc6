using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Zweizeiler.FaultInjection.Running;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>Has the papers of a month made, by an operator's request to every replica at once; each time the next month, which takes what was charged since.</summary>
internal sealed class MonthEnd(StackUnderTest stack)
{
    private static readonly DateOnly First = DateOnly.Parse(Instruments.MonthOfLines, CultureInfo.InvariantCulture);

    private readonly InternalTokens _tokens = new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", stack.Members[0].Setting("Identity__SigningKey"))]).Build(), TimeProvider.System);

    private int _runs;

    /// <returns>How many replicas took the request.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var month = First.AddMonths(_runs++).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        var answers = await Task.WhenAll(stack.Members.Where(m => m.Service == "billing").Select(m => AskAsync(m, month, cancellationToken)));
        return answers.Count(isTaken => isTaken);
    }

    private async Task<bool> AskAsync(Member billing, string month, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(billing.Address!, $"/operations/months/{month}/run"));
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", _tokens.Mint("billing", CallerClaims.Operator(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))));
            using var answer = await stack.Http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
