namespace ActorP2P.Actors;

/// <summary>An actor that can put messages aside.</summary>
public interface IWithStash
{
    /// <summary>The stash; set by the engine after construction, so use it from PreStart on.</summary>
    IStash Stash { get; set; }
}
