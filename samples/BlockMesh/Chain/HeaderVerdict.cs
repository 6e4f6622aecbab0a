namespace BlockMesh.Chain;

/// <summary>What a chain says of a header offered as its next.</summary>
public enum HeaderVerdict
{
    /// <summary>It is the next header.</summary>
    Accepted,

    /// <summary>The first header is not the genesis header of the chain.</summary>
    WrongGenesis,

    /// <summary>It does not name the last header as its parent.</summary>
    WrongParent,

    /// <summary>Its bits are not the target the rules ask for.</summary>
    WrongTarget,

    /// <summary>Its hash is above the target.</summary>
    InsufficientWork,

    /// <summary>The rules say nothing about headers this high.</summary>
    BeyondRules,
}
