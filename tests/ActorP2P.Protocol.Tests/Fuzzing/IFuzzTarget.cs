namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Something that takes hostile bytes. A target holds no state between inputs, so that an input alone repeats a
/// failure.
/// </summary>
internal interface IFuzzTarget
{
    /// <summary>The target's name, and that of its corpus file.</summary>
    string Name { get; }

    /// <summary>Bytes that an input of no length may allocate: what the target itself is made of.</summary>
    long Allowance { get; }

    /// <summary>Makes an input of the right shape, sound or slightly broken.</summary>
    byte[] Generate(Random random);

    /// <summary>Takes an input. Whatever the bytes, it must come back without an exception.</summary>
    /// <exception cref="FuzzException">A promise is broken.</exception>
    void Execute(ReadOnlyMemory<byte> input);
}
