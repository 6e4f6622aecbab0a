namespace ActorP2P;

/// <summary>A request handler throws this to answer with an error of the application.</summary>
public sealed class RequestRefusedException : Exception
{
    /// <summary>Makes a refusal.</summary>
    /// <param name="code">The application's code, 0x100 or higher.</param>
    /// <param name="text">A text for people on the asking side; cut to 256 bytes of UTF-8.</param>
    public RequestRefusedException(ushort code, string text)
        : base(text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, (ushort)RequestErrorCode.FirstApplicationCode);
        Code = code;
    }

    private RequestRefusedException(RequestErrorCode code, string text)
        : base(text) => Code = (ushort)code;

    /// <summary>The application's code.</summary>
    public ushort Code { get; }

    /// <summary>A refusal of the library's own: there is no room for the request now.</summary>
    internal static RequestRefusedException NoRoom(string text) => new(RequestErrorCode.NoRoom, text);
}
