using System.Reflection;

namespace Zweizeiler.LocalHosting.Tests.Surface;

public sealed class Surface_Specs
{
    private static readonly Assembly LocalHosting = typeof(Aspire.Hosting.DistributedApplication).Assembly;

    [Fact]
    public void Everything_public_is_in_Aspire_with_the_same_signature() =>
        Invented(LocalHosting.GetExportedTypes()).ShouldBeEmpty("LocalHosting offers what Aspire 13.5.2 does not");

    [Fact]
    public void The_comparison_notices_types_and_members_that_Aspire_does_not_have()
    {
        // The negative control: this assembly's own builder extension is public and no part of Aspire.
        Invented([typeof(InventedExtensions)]).ShouldContain(line => line.Contains("WithInvention", StringComparison.Ordinal));

        // A list without the marks and names would let a wrong parameter name or a missing mark pass.
        var list = Aspire();
        list.ShouldContain(line => line.Contains("[Experimental ASPIREPROBES001]", StringComparison.Ordinal));
        list.ShouldContain(line => line.Contains("System.String? launchProfileName", StringComparison.Ordinal));
        list.ShouldContain(line => line.Contains("System.Int32 exitCode = 0", StringComparison.Ordinal));
    }

    private static List<string> Invented(IEnumerable<Type> types) => [.. Signatures.Of(types).Except(Aspire(), StringComparer.Ordinal)];

    private static HashSet<string> Aspire()
    {
        using var reader = new StreamReader(typeof(Surface_Specs).Assembly.GetManifestResourceStream("aspire.txt")!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
    }
}

public static class InventedExtensions
{
    public static Aspire.Hosting.IDistributedApplicationBuilder WithInvention(this Aspire.Hosting.IDistributedApplicationBuilder builder) => builder;
}
