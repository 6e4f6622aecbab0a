using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>After a reconnect, a node sends the last notify of the former connection again.</summary>
internal sealed class SecondDelivery : IPlantedFault
{
    private readonly Dictionary<(string From, string To), (object Connection, byte[] Frame)> _last = [];

    public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame)
    {
        if (header.Kind != FrameKind.Notify || header.IsFragment)
        {
            return [frame];
        }

        (string, string) link = (from, ((IConnection)connection).RemoteAddress.Host);
        bool repeats = _last.TryGetValue(link, out (object Connection, byte[] Frame) last)
            && last.Connection != connection;
        _last[link] = (connection, frame);
        return repeats ? [last.Frame, frame] : [frame];
    }
}
