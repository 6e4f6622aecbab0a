using System.Diagnostics;
using System.Globalization;
using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The second process, seen from the first: this program again, with another verb.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int nodePort, int rawPort)
    {
        _process = process;
        Node = new PeerAddress("127.0.0.1", nodePort);
        Raw = new IPEndPoint(IPAddress.Loopback, rawPort);
    }

    public PeerAddress Node { get; }

    public IPEndPoint Raw { get; }

    public static async Task<ServerProcess> StartAsync()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        Process process = Process.Start(start)!;
        string[] ports = (await ReadAsync(process)).Split(' ');
        return new ServerProcess(process, Number(ports[0]), Number(ports[1]));
    }

    /// <summary>Gives an order and waits until it is carried out.</summary>
    public async Task<string> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        string answer = await ReadAsync(_process);
        return answer.StartsWith("unknown", StringComparison.Ordinal) ? throw new InvalidOperationException(answer) : answer;
    }

    /// <summary>What the second process has used since its start.</summary>
    public async Task<Usage> UsageAsync()
    {
        string[] fields = (await OrderAsync("usage")).Split(' ');
        return new Usage(
            TimeSpan.FromTicks(long.Parse(fields[0], CultureInfo.InvariantCulture)),
            long.Parse(fields[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<string> ReadAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The second process has ended.");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
