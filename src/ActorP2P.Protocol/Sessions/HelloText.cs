using System.Text;

namespace ActorP2P.Protocol;

/// <summary>What the texts that a node says of itself have in common: the network's name, the user agent, services.</summary>
internal static class HelloText
{
    /// <summary>Checks a text that is to go into a hello.</summary>
    /// <param name="text">The text.</param>
    /// <param name="least">Its least length, in bytes of UTF-8.</param>
    /// <param name="most">Its greatest length, in bytes of UTF-8.</param>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentException">
    /// It is null, too short, too long, or has characters that do not print; the message names it, its value and what is
    /// allowed.
    /// </exception>
    public static void Require(string? text, int least, int most, string name)
    {
        int length = Encoding.UTF8.GetByteCount(text ?? "");
        if (text is null || length < least || length > most || !PrintableText.IsPrintable(text))
        {
            string shown = text is null ? "null" : length > 2 * most ? $"{length} bytes long" : PrintableText.Of(text);
            throw new ArgumentException(
                $"{name} is {shown}; allowed: {least} to {most} bytes of UTF-8 that print as themselves.", name);
        }
    }
}
