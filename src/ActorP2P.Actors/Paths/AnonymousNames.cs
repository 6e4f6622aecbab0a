namespace ActorP2P.Actors;

/// <summary>The names given to actors made without one: $a, $b, ... $aa, as the dialect prints them.</summary>
internal static class AnonymousNames
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static string Of(long number)
    {
        Span<char> text = stackalloc char[16];
        int at = 0;
        text[at++] = '$';
        do
        {
            text[at++] = Alphabet[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return new string(text[..at]);
    }
}
