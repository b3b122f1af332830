namespace NeuralEdge.Board
{
    /// <summary>
    /// How a request ended, from the store up to the link. The numbers are those of PROTOCOL.md, where a status is the first
    /// byte of every reply; all but <see cref="Ok"/> carry {u8 code, u32 where} after it.
    /// </summary>
    public enum RequestStatus : byte
    {
        /// <summary>Done.</summary>
        Ok = 0,

        /// <summary>HELLO: no common version; code = the lowest the board speaks, where = the highest.</summary>
        Version = 1,

        /// <summary>The request's session is not the current one (the board restarted, or another host said HELLO).</summary>
        Session = 2,

        /// <summary>Another request is still being worked on; this one was not looked at.</summary>
        Busy = 3,

        /// <summary>No such request in this version; where = its type.</summary>
        UnknownRequest = 4,

        /// <summary>The request's data has the wrong length, or a field an impossible value.</summary>
        BadRequest = 5,

        /// <summary>No upload was begun, or it has ended.</summary>
        NoUpload = 6,

        /// <summary>BEGIN: length outside the limits; where = the longest model file in bytes.</summary>
        BadLength = 7,

        /// <summary>COMMIT: bytes are missing; where = the first of them.</summary>
        Incomplete = 8,

        /// <summary>The board refused the model; code = ModelError, where = its place (FORMAT.md).</summary>
        ModelRefused = 9,

        /// <summary>The board's flash failed: nothing was decided, the model before the request runs on and is what the next start takes.</summary>
        StorageFailed = 10,

        /// <summary>CONFIRM: no model is in test.</summary>
        NothingToConfirm = 11,

        /// <summary>REVERT: the factory model is active.</summary>
        NothingToRevert = 12,

        /// <summary>ASK: not as many inputs as the network has; where = how many it has.</summary>
        InputCount = 13,

        /// <summary>ASK: a raw input outside its range; where = its index.</summary>
        InputRange = 14,

        /// <summary>The board hit a fault of its own while working on the request.</summary>
        Fault = 15,

        /// <summary>CONFIRM, REVERT: the running model is another one; code = its ModelState, where = its upload number.</summary>
        WrongModel = 16,

        /// <summary>
        /// CONFIRM: too few periods on plausible inputs; code 0 = not enough yet, where = how many; 1 = an input is not plausible,
        /// 2 = an input is frozen, where = its index.
        /// </summary>
        NotYet = 17,

        /// <summary>A decision could neither be written nor read back: which model the next start takes is unknown.</summary>
        StorageUnknown = 18,

        /// <summary>The board is keyed, and the request or the model is not signed with its key; one status for every way of that.</summary>
        NotAuthorised = 19,

        /// <summary>After wrong tags the board takes no signed request; where = milliseconds left, -1 = until its flash is erased.</summary>
        Locked = 20,

        /// <summary>COMMIT: the model is older than what was confirmed; where = the highest security number confirmed.</summary>
        OldModel = 21,

        /// <summary>Not an end: the request is accepted and being worked on. Ask again with the same sequence.</summary>
        Working = 255,
    }
}
