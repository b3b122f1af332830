namespace NeuralEdge.Board.Link
{
    /// <summary>Types of requests; PROTOCOL.md has their data and replies.</summary>
    public enum LinkRequest : byte
    {
        /// <summary>Opens a session and agrees on a version.</summary>
        Hello = 0x01,

        /// <summary>Asks what the board is and how it is.</summary>
        Info = 0x02,

        /// <summary>Begins or resumes an upload.</summary>
        Begin = 0x03,

        /// <summary>Brings bytes of the model file.</summary>
        Data = 0x04,

        /// <summary>Has the complete upload checked, tested and run.</summary>
        Commit = 0x05,

        /// <summary>Makes the model in test the confirmed one.</summary>
        Confirm = 0x06,

        /// <summary>Takes back the model in test, or the confirmed one.</summary>
        Revert = 0x07,

        /// <summary>Brings inputs for one inference; the last part runs it.</summary>
        Ask = 0x08,

        /// <summary>Starts or stops live events.</summary>
        Subscribe = 0x09,

        /// <summary>Restarts the board.</summary>
        Reset = 0x0A,

        /// <summary>Reads bytes of the active model's file.</summary>
        Read = 0x0B,

        /// <summary>Ends an upload and deletes its bytes.</summary>
        Abort = 0x0C,

        /// <summary>Reads further outputs of the last ASK.</summary>
        Answer = 0x0D,

        /// <summary>Asks a keyed board for the nonce of the next signed request.</summary>
        Challenge = 0x0E,

        /// <summary>Another request and the tag that shows that its sender has the key.</summary>
        Signed = 0x0F,

        /// <summary>Makes a board keyed, gives it other keys, or opens it again.</summary>
        Provision = 0x10,

        /// <summary>Starts or stops events with the counts of ADC channels.</summary>
        Counts = 0x11,

        /// <summary>Gives the board a name and a place, which it keeps.</summary>
        Name = 0x12,

        /// <summary>Corrects an ADC channel by two measurements, or no longer.</summary>
        Correct = 0x13,

        /// <summary>Asks how an ADC channel is corrected.</summary>
        Correction = 0x14,
    }
}
