using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests;

public sealed class HostedMetricsTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Hosted_nodes_report_by_name_to_a_meter_of_the_host()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMetrics();
        builder.Services.AddActorP2P("hall");
        builder.Services.AddAkka("host", (akka, _) => akka.WithP2PNode("lobby"));
        using IHost host = builder.Build();
        IMeterFactory factory = host.Services.GetRequiredService<IMeterFactory>();
        ConcurrentBag<object?> nodes = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory
                && instrument is { Meter.Name: "ActorP2P", Name: "actorp2p.memory.limit" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => nodes.Add(tags[0].Value));
        listener.Start();
        await host.StartAsync().WaitAsync(s_guard);

        listener.RecordObservableInstruments();
        Assert.Equal(["hall", "lobby"], nodes.Order());
        nodes.Clear();
        await host.StopAsync().WaitAsync(s_guard);
        listener.RecordObservableInstruments();

        Assert.Empty(nodes);
    }
}
