using Zweizeiler.Contracts;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Answers to test texts, which rest sealed as all texts do.</summary>
public sealed class TestAnswers(TextVault vault)
{
    public (byte[] Text, byte[] Key) Seal(Guid testId, IReadOnlyList<string> answers)
    {
        var key = vault.CreateDataKey();
        return (vault.Seal(key, testId, PairTest.Purpose, answers).Bytes, key.Bytes);
    }

    public IReadOnlyList<string> Open(PairTest test) => test is { Answers: { } text, AnswersKey: { } key }
        ? vault.Open<List<string>>(new WrappedDataKey(key), test.Id, PairTest.Purpose, new SealedText(text))
        : [];
}
