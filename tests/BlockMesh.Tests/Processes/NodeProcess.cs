using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BlockMesh.Tests.Processes;

/// <summary>Runs the sample as a process of its own. It is killed when the test ends before it does.</summary>
internal sealed class NodeProcess : IDisposable
{
    private readonly Process _process;

    private NodeProcess(Process process) => _process = process;

    /// <summary>The lines of its standard output.</summary>
    public LineQueue Output { get; } = new();

    /// <summary>The lines of its warnings.</summary>
    public LineQueue Warnings { get; } = new();

    /// <summary>Starts it and waits until it listens.</summary>
    /// <returns>The process and the address at which it listens.</returns>
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

    /// <summary>Runs it until it exits.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(params string[] arguments)
    {
        using NodeProcess node = Start(arguments);
        await node._process.WaitForExitAsync();
        return node._process.ExitCode;
    }

    /// <summary>Waits until it holds at least this number of blocks, and returns the number that it prints.</summary>
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

    /// <summary>Kills it without any warning.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it in the way of Ctrl+C.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        Signals.SendInterrupt(_process.Id);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Ends it in the way of a service manager.</summary>
    /// <returns>The exit code.</returns>
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

    // The dotnet host that runs the tests also runs the sample; it belongs to the runtime that is loaded here.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
        OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
