namespace ActorP2P.Simulation.Tests;

/// <summary>A transport of windows that damages one of the messages that it sends to part 0.</summary>
internal sealed class DamagedWindows(IWindowTransport inner, string damage, int which) : IWindowTransport
{
    // The place of the number of segments in a message, and what is behind it.
    private const int CountAt = 25;

    private readonly List<byte[]> _kept = [];
    private int _sent;

    public void Send(int part, ReadOnlyMemory<byte> message)
    {
        if (part != 0 || ++_sent < which)
        {
            inner.Send(part, message);
            return;
        }

        byte[] bytes = message.ToArray();
        int count = BitConverter.ToInt32(bytes, CountAt);
        if (damage == "lose a segment" || damage == "delay a segment")
        {
            // The first window that has a segment.
            if (_kept.Count == 0 && count > 0)
            {
                _kept.Add(bytes);
                bytes = damage == "lose a segment" ? [.. bytes[..^1]] : Empty(bytes);
            }
            else if (_kept is [var late] && count == 0 && damage == "delay a segment")
            {
                // Its segments come with a later window.
                bytes = Join(bytes, late);
                _kept.Add([]);
            }
        }
        else if (_sent == which && damage == "lose")
        {
            return;
        }
        else if (_sent == which && damage == "double")
        {
            inner.Send(part, bytes);
        }
        else if (_sent == which && damage == "another run")
        {
            bytes[0] ^= 1;
        }
        else if (_sent == which && damage == "cut off")
        {
            bytes = bytes[..10];
        }

        inner.Send(part, bytes);
    }

    public ReadOnlyMemory<byte> Receive(int part) => inner.Receive(part);

    private static byte[] Empty(byte[] window)
    {
        byte[] empty = window[..(CountAt + sizeof(int))];
        BitConverter.TryWriteBytes(empty.AsSpan(CountAt), 0);
        return empty;
    }

    private static byte[] Join(byte[] window, byte[] late)
    {
        byte[] joined = [.. window, .. late[(CountAt + sizeof(int))..]];
        BitConverter.TryWriteBytes(joined.AsSpan(CountAt), BitConverter.ToInt32(late, CountAt));
        return joined;
    }
}
