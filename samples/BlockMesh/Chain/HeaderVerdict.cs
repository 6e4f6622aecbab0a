namespace BlockMesh.Chain;

/// <summary>The verdict of a chain on a header that is offered as its next one.</summary>
public enum HeaderVerdict
{
    /// <summary>It is the next header.</summary>
    Accepted,

    /// <summary>The first header is not the genesis header of the chain.</summary>
    WrongGenesis,

    /// <summary>It does not name the last header as its parent.</summary>
    WrongParent,

    /// <summary>Its bits differ from the target that the rules require.</summary>
    WrongTarget,

    /// <summary>Its hash is above the target.</summary>
    InsufficientWork,

    /// <summary>The height is beyond the headers that the rules cover.</summary>
    BeyondRules,
}
