using System.Runtime.InteropServices;

namespace Aspire.Hosting.Engine;

/// <summary>Signals to a process, or with a negative id to its whole group.</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Term = 15;

    public static bool Terminate(int process) => Send(process, Term) == 0;

    public static bool TerminateGroup(int leader) => Send(-leader, Term) == 0;

    public static bool KillGroup(int leader) => Send(-leader, Kill) == 0;

    public static bool GroupExists(int leader) => Send(-leader, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
