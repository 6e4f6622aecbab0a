namespace BlockMesh.Tests.Processes;

/// <summary>A test that sends signals. It is skipped on systems other than Unix.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "There are no signals on Windows." : null!;
}
