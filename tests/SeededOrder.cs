using System.Security.Cryptography;
using System.Text;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Zweizeiler.SeededOrder))]
[assembly: TestCaseOrderer(typeof(Zweizeiler.SeededOrder))]

namespace Zweizeiler;

/// <summary>
/// The same order of specs wherever they run: by their names, shuffled by the seed that ZWEIZEILER_TEST_ORDER names. The framework's own order
/// depends on the folder that the assembly lies in, so that a spec that leans on another one may fail in one clone only.
/// </summary>
internal sealed class SeededOrder : ITestCaseOrderer, ITestCollectionOrderer
{
    private static readonly string Seed = Environment.GetEnvironmentVariable("ZWEIZEILER_TEST_ORDER") ?? "";

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : notnull, ITestCase =>
        [.. testCases.OrderBy(c => Place(c.TestMethod?.MethodName ?? c.TestCaseDisplayName)).ThenBy(c => Place(c.TestCaseDisplayName))];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Place(c.TestCollectionDisplayName))];

    private static UInt128 Place(string name) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{name}")));
}
