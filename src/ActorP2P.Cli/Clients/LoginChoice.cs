namespace ActorP2P.Cli.Clients;

/// <summary>Whether a command logs in to the node that it reaches.</summary>
internal enum LoginChoice
{
    /// <summary>It does not.</summary>
    Never,

    /// <summary>It does if the user names a cookie file.</summary>
    OnRequest,

    /// <summary>It must.</summary>
    Always,
}
