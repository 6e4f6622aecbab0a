using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// The rules for the texts that a node states about itself: the network's name, the user agent, the names of services.
/// </summary>
internal static class HelloText
{
    /// <summary>Checks a text before it goes into a hello.</summary>
    /// <param name="text">The text.</param>
    /// <param name="least">Its least length, in bytes of UTF-8.</param>
    /// <param name="most">Its greatest length, in bytes of UTF-8.</param>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentException">
    /// The text is null, too short, too long, or contains characters that cannot be printed; the message names the
    /// parameter or setting, the text and what is allowed.
    /// </exception>
    public static void Require(string? text, int least, int most, string name)
    {
        int length = Encoding.UTF8.GetByteCount(text ?? "");
        if (text is null || length < least || length > most || !PrintableText.IsPrintable(text))
        {
            string shown = text is null ? "null" : length > 2 * most ? $"{length} bytes long" : PrintableText.Of(text);
            throw new ArgumentException(
                $"{name} is {shown}; allowed: {least} to {most} bytes of UTF-8, printable characters only.", name);
        }
    }
}
