namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// A consumer of hostile bytes. A target holds no state between inputs, so that an input alone repeats a failure.
/// </summary>
internal interface IFuzzTarget
{
    /// <summary>The name of the target and of its corpus file.</summary>
    string Name { get; }

    /// <summary>The number of bytes that an empty input may allocate: those of the target's own objects.</summary>
    long Allowance { get; }

    /// <summary>Makes an input of the right shape, valid or slightly broken.</summary>
    byte[] Generate(Random random);

    /// <summary>Processes an input. It must return without an exception, whatever the bytes are.</summary>
    /// <exception cref="FuzzException">A promise is violated.</exception>
    void Execute(ReadOnlyMemory<byte> input);
}
