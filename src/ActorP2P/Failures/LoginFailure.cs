namespace ActorP2P;

/// <summary>Why a login failed.</summary>
public enum LoginFailure
{
    /// <summary>The cookie is not the peer's.</summary>
    WrongCookie,
    /// <summary>The peer holds back the answer to an earlier wrong login on this connection.</summary>
    Busy,
    /// <summary>The peer has no cookie file, or its software knows no logins.</summary>
    NotOffered,
    /// <summary>The peer accepted the login, but has not proven that it knows the cookie itself.</summary>
    PeerNotProven,
}
