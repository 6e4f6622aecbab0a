using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace ActorP2P.Cli.Ping;

/// <summary>
/// The round trips that a node measures, one by one: that of the handshake, and then that of each ping. They are read
/// from the node's meter.
/// </summary>
internal sealed class RoundTrips : IMeterFactory
{
    private const string Instrument = "actorp2p.connection.round_trip";

    private readonly Channel<TimeSpan> _measured = Channel.CreateUnbounded<TimeSpan>();
    private readonly MeterListener _listener = new();
    private readonly List<Meter> _meters = [];

    public RoundTrips()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Instrument && instrument.Meter.Scope == this)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(
            (_, seconds, _, _) => _measured.Writer.TryWrite(TimeSpan.FromSeconds(seconds)));
        _listener.Start();
    }

    /// <summary>Waits for the next one.</summary>
    public ValueTask<TimeSpan> NextAsync(CancellationToken cancellationToken) =>
        _measured.Reader.ReadAsync(cancellationToken);

    public Meter Create(MeterOptions options)
    {
        Meter meter = new(new MeterOptions(options.Name) { Version = options.Version, Scope = this });
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(static meter => meter.Dispose());
    }
}
