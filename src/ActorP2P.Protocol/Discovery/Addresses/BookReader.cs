using System.Text;

namespace ActorP2P.Protocol;

/// <summary>Reads the values of a saved book.</summary>
/// <param name="bytes">The bytes.</param>
internal ref struct BookReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether all is read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryNumber(ulong most, out ulong number)
    {
        bool isRead = Varint.TryRead(_rest, out number, out int length);
        _rest = isRead ? _rest[length..] : _rest;
        return isRead && number <= most;
    }

    public bool TryTime(out TimeSpan? time)
    {
        bool isRead = TryNumber((ulong)TimeSpan.MaxValue.TotalMilliseconds / 2, out ulong milliseconds);
        time = isRead && milliseconds > 0 ? TimeSpan.FromMilliseconds((long)milliseconds - 1) : null;
        return isRead;
    }

    public bool TryBytes(int length, out ReadOnlySpan<byte> bytes)
    {
        bool isThere = length <= _rest.Length;
        bytes = isThere ? _rest[..length] : default;
        _rest = isThere ? _rest[length..] : _rest;
        return isThere;
    }

    public bool TryText(int most, out string text)
    {
        text = "";
        if (!TryNumber((ulong)most, out ulong length) || !TryBytes((int)length, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
