namespace ActorP2P.Protocol;

/// <summary>
/// The eight bytes that tie a response to its request: where the request stands in the asker's table, which use of that place
/// it is, and a salt that only this link knows. A late, foreign or guessed id matches nothing.
/// </summary>
/// <param name="Value">The id as it travels: slot (24 bits), generation (16), salt (24).</param>
internal readonly record struct RequestId(ulong Value)
{
    /// <summary>Requests that can be told apart at a time.</summary>
    public const int MaxSlots = 1 << 24;

    internal const uint SaltMask = (1 << 24) - 1;

    internal RequestId(int slot, ushort generation, uint salt)
        : this(((ulong)(uint)slot << 40) | ((ulong)generation << 24) | (salt & SaltMask))
    {
    }

    internal int Slot => (int)(Value >> 40);

    /// <summary>The id is unique among those open.</summary>
    public override int GetHashCode() => (int)(Value >> 24);

    /// <summary>16 hexadecimal digits.</summary>
    public override string ToString() => $"{Value:x16}";
}
