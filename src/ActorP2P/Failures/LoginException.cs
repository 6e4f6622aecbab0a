namespace ActorP2P;

/// <summary>A peer was asked to accept a login and has not accepted it.</summary>
public sealed class LoginException : P2PException
{
    internal LoginException(LoginFailure reason, string detail)
        : base($"The login failed: {reason} ({detail}).") => Reason = reason;

    /// <summary>Why the login failed.</summary>
    public LoginFailure Reason { get; }
}
