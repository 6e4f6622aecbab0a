namespace ActorP2P.Protocol;

/// <summary>What a node answers to the requests of a login.</summary>
internal enum LoginOutcome : byte
{
    /// <summary>The request was right. The bytes that follow are the challenge, or the node's own proof.</summary>
    Ok = 0,
    /// <summary>The proof is wrong, or there was no challenge before it.</summary>
    Wrong = 1,
    /// <summary>The answer to an earlier attempt on this connection is still held back.</summary>
    Busy = 2,
    /// <summary>The node has no cookie file, so nobody can log in.</summary>
    NotOffered = 3,
}
