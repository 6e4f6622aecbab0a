namespace BlockMesh.Storage;

/// <summary>A damaged store that was set aside when it was opened, for people to say what it is worth.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Copy">The name that it has now, in the same directory.</param>
/// <param name="Reason">What is wrong with it, for people.</param>
public sealed record SetAside(string File, string Copy, string Reason);
