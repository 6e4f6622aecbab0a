using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>Messages as lines: their text, or their bytes if they are none.</summary>
internal static class MessageOutput
{
    /// <summary>The bytes as text; as hexadecimal digits, at most so many bytes, if they are no text.</summary>
    public static string Text(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (SafeText.TextOf(bytes) is { } text)
        {
            return text;
        }

        int shown = Math.Min(bytes.Length, maxBytes);
        return $"hex {Convert.ToHexStringLower(bytes[..shown])}"
            + (shown < bytes.Length ? $"... ({bytes.Length} bytes)" : "");
    }
}
