namespace ActorP2P.Protocol;

/// <summary>A broadcast that some peers were not sent, in the form in which it would have been sent.</summary>
/// <param name="Id">Its content id.</param>
/// <param name="Type">The application's message type.</param>
/// <param name="Lane">The lane it travels in.</param>
/// <param name="Owner">The buffer that contains it. This value has one hold on it.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Length">Its bytes, the head included.</param>
internal readonly record struct KeptBroadcast(
    BroadcastId Id, ushort Type, Lane Lane, SharedBuffer Owner, int Offset, int Length);
