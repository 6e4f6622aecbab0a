namespace EmbeddedHost;

/// <summary>The key of the node that other hosts connect to.</summary>
internal sealed class League;
