using System.Runtime.CompilerServices;

namespace Zweizeiler.Mutations;

/// <summary>
/// Under mutation testing one process meets hundreds of breakages (docs/mutation-testing.md). What is static is computed before any of them: a table that is computed
/// broken would stay so, and fail the tests for all that come after. Compiled into the test projects whose code is broken; each says which assembly that is.
/// </summary>
internal static class StaticsFirst
{
    private const int None = -1;

    [ModuleInitializer]
    internal static void Compute()
    {
        if (Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE") is not { } path)
        {
            return;
        }

        // The number of the mutant that is on, which the runner wrote before it started this process.
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Span<byte> on = stackalloc byte[sizeof(int)];
        file.ReadExactly(on);
        Write(file, BitConverter.GetBytes(None));
        foreach (var type in typeof(Tested).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        Write(file, on);
    }

    private static void Write(FileStream file, ReadOnlySpan<byte> mutant)
    {
        file.Position = 0;
        file.Write(mutant);
    }
}
