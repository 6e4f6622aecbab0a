using System.Globalization;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>Prints what a listener has seen, as text or as JSON.</summary>
internal sealed class PassedOutput(ToolConsole console, bool json)
{
    private const int MaxHexBytes = 64;

    private long _printed;

    /// <summary>Messages that were printed.</summary>
    public long Messages { get; private set; }

    public void Connected(Peer peer, IReadOnlyList<ushort> types)
    {
        string listed = string.Join(' ', types.Select(static type => $"{type:x4}"));
        if (json)
        {
            console.WriteJson(new { connected = $"{peer.Address}", id = $"{peer.Id}", types = listed.Split(' ') });
        }
        else
        {
            console.Output.WriteLine($"connected to {peer}");
            console.Output.WriteLine(TextTable.Cut($"types {listed}", console.Width));
        }
    }

    public void Listening(IReadOnlyList<PeerAddress> addresses)
    {
        if (json)
        {
            console.WriteJson(new { listening = addresses.Select(static address => $"{address}") });
        }
        else if (addresses.Count > 0)
        {
            console.Output.WriteLine($"listening on {string.Join(' ', addresses)}");
        }
    }

    public void Print(PassedMessage seen)
    {
        _printed++;
        Messages += seen.Type is null ? 0 : 1;
        if (json)
        {
            PrintJson(seen);
            return;
        }

        string time = seen.At.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string from = SafeText.Of($"{seen.Peer}");
        console.Output.WriteLine(seen.Type is { } type
            ? $"{time} {seen.Kind} {type:x4} {from}"
                + (seen.Hops is { } hops ? $" hops {hops}" : "")
                + (seen.Author is { } author ? $" by {author.ToShortString()}" : "")
                + $": {MessageOutput.Text(seen.Bytes.Span, MaxHexBytes)}"
            : SafeText.Of($"{time} {seen.Kind} {from}{(seen.End is { } end ? $": {end}" : "")}"));
    }

    /// <summary>Says how many were lost because the printing was too slow.</summary>
    /// <param name="added">All that were seen.</param>
    public void End(long added)
    {
        if (json)
        {
            console.WriteJson(new { messages = Messages, notPrinted = added - _printed });
        }
        else if (added > _printed)
        {
            console.Error.WriteLine($"{added - _printed} more were seen and not printed.");
        }
    }

    private void PrintJson(PassedMessage seen) => console.WriteJson(new
    {
        at = seen.At,
        kind = seen.Kind,
        peer = $"{seen.Peer.Address}",
        id = (seen.Peer.Id ?? seen.Peer.ClaimedId?.Claim)?.ToString(),
        type = seen.Type is { } type ? $"{type:x4}" : null,
        hops = seen.Hops,
        author = seen.Author?.ToString(),
        bytes = seen.Bytes.Length,
        text = SafeText.TextOf(seen.Bytes.Span),
        hex = Convert.ToHexStringLower(seen.Bytes.Span),
        end = seen.End is null ? null : $"{seen.End.Reason}",
    });
}
