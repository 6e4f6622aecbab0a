using ActorP2P.Tests.Hostile;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Tests.Diagnostics;

/// <summary>The number of log lines that a peer can cause is limited.</summary>
public sealed class LimitedLoggerTests
{
    [Fact]
    public void A_peer_that_connects_repeatedly_fills_no_log()
    {
        LogRecorder logs = new();
        VirtualMesh mesh = new(latency: TimeSpan.FromMilliseconds(1)) { Logs = logs };
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server");
            await using P2PNode client = await mesh.StartAsync("client");
            for (int i = 0; i < 150; i++)
            {
                await client.DisconnectAsync(await client.ConnectAsync(server.ListenAddresses[0]));
            }

            int ready = logs.Lines.Count(line => line.Contains(" is ready", StringComparison.Ordinal));
            await Task.Delay(LimitedLogger.Window, mesh.World.TimeProvider);
            await client.ConnectAsync(server.ListenAddresses[0]);
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

            // Both nodes log this line.
            Assert.Equal(2 * LimitedLogger.MaxLines, ready);
            Assert.Equal(2 * (LimitedLogger.MaxLines + 1),
                logs.Lines.Count(line => line.Contains(" is ready", StringComparison.Ordinal)));
            Assert.Equal(
                2, logs.Lines.Count(line => line.Contains("50 lines of event 1010", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void Lines_that_no_peer_causes_are_always_logged()
    {
        LogRecorder logs = new();
        LimitedLogger logger = new(logs.CreateLogger("any"), TimeProvider.System);

        for (int i = 0; i < 1000; i++)
        {
            Log.Stopped(logger, "node");
        }

        Assert.Equal(1000, logs.Lines.Count());
    }
}
