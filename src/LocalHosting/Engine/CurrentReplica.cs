using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Which replica's environment is being computed: a replica's own endpoint has its own port; for others the first replica stands.</summary>
internal static class CurrentReplica
{
    private static readonly AsyncLocal<(IResource Resource, int Index)> Current = new();

    public static int Of(IResource resource) => ReferenceEquals(Current.Value.Resource, resource) ? Current.Value.Index : 0;

    public static void Set(IResource resource, int index) => Current.Value = (resource, index);
}
