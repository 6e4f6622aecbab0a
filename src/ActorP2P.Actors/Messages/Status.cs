using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>A reply that says whether something succeeded.</summary>
[SuppressMessage("Design", "CA1034", Justification = "Status.Success and Status.Failure are the dialect's names.")]
public abstract class Status
{
    private Status()
    {
    }

    /// <summary>It succeeded.</summary>
    public sealed class Success(object? status) : Status
    {
        /// <summary>A success without a value.</summary>
        public static readonly Success Instance = new(null);

        /// <summary>The value, if any.</summary>
        public object? Status { get; } = status;
    }

    /// <summary>It failed; an Ask for anything but object throws the cause.</summary>
    public sealed class Failure(Exception? cause, object? state = null) : Status
    {
        /// <summary>Why it failed.</summary>
        public Exception? Cause { get; } = cause;

        /// <summary>Whatever the failing side adds.</summary>
        public object? State { get; } = state;

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause}";
    }
}
