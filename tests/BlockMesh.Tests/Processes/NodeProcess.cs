using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BlockMesh.Tests.Processes;

/// <summary>The sample as a process of its own, killed with the test if it still runs.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    /// <summary>What it prints.</summary>
    public LineQueue Output { get; } = new();

    /// <summary>What it prints as warnings.</summary>
    public LineQueue Warnings { get; } = new();

    /// <summary>Starts it and waits until it listens.</summary>
    /// <returns>The process, and where it listens.</returns>
    public static async Task<(NodeProcess Node, string Address)> StartAsync(params string[] arguments)
    {
        NodeProcess node = Start(arguments);
        return (node, (await node.Output.NextAsync("LISTENING "))["LISTENING ".Length..]);
    }

    private static NodeProcess Start(string[] arguments)
    {
        Signals.StopIgnoringInterrupt();
        var start = new ProcessStartInfo(DotnetHost) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "BlockMesh.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var node = new NodeProcess(new Process { StartInfo = start });
        node._process.OutputDataReceived += (_, e) => node.Output.Add(e.Data ?? "(end of output)");
        node._process.ErrorDataReceived += (_, e) => node.Warnings.Add(e.Data ?? "(end of warnings)");
        node._process.Start();
        node._process.BeginOutputReadLine();
        node._process.BeginErrorReadLine();
        return node;
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(params string[] arguments)
    {
        using NodeProcess node = Start(arguments);
        await node._process.WaitForExitAsync();
        return node._process.ExitCode;
    }

    /// <summary>Waits until it holds so many blocks, and returns how many it then says.</summary>
    public async Task<int> ProgressAsync(int blocks)
    {
        while (true)
        {
            string line = await Output.NextAsync("PROGRESS ");
            int held = int.Parse(line[(line.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture);
            if (held >= blocks)
            {
                return held;
            }
        }
    }

    /// <summary>Ends it between any two instructions.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as Ctrl+C does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Signals.SendInterrupt(_process.Id);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends it as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        Signals.SendTerminate(_process.Id);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // The host that runs the tests also runs the sample: the one whose runtime is loaded here.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
