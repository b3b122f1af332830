namespace NeuralEdge.Board.Link
{
    /// <summary>Numbers of the link protocol; PROTOCOL.md is the specification.</summary>
    public static class LinkProtocol
    {
        /// <summary>The protocol version spoken here; HELLO agrees on it.</summary>
        public const int Version = 2;

        /// <summary>The version of the frame, the first byte of each: the same in every version of the protocol, so that all can say HELLO.</summary>
        public const int FrameVersion = 1;

        /// <summary>Bytes of a frame before its data.</summary>
        public const int HeaderLength = 8;

        /// <summary>Bytes of a frame after its data: the CRC-32.</summary>
        public const int TrailerLength = 4;

        /// <summary>Most data bytes of a frame.</summary>
        public const int MaxData = 512;

        /// <summary>Most bytes of a frame before COBS.</summary>
        public const int MaxFrame = HeaderLength + MaxData + TrailerLength;

        /// <summary>Most bytes of a frame on the wire, with COBS and both delimiters.</summary>
        public const int MaxWire = MaxFrame + MaxFrame / 254 + 1 + 2;

        /// <summary>Most bytes of the model file in one DATA request or READ reply.</summary>
        public const int MaxChunk = 256;

        /// <summary>Most raw inputs in one ASK request.</summary>
        public const int MaxAskInputs = 120;

        /// <summary>Bytes that SIGNED has beside the data of the request inside: its type and the tag.</summary>
        public const int SignedOverhead = 33;

        /// <summary>Most raw inputs in one ASK request that is signed.</summary>
        public const int MaxSignedAskInputs = (MaxData - SignedOverhead - 4) / 4;

        /// <summary>Most raw outputs in one ASK or ANSWER reply.</summary>
        public const int MaxAnswerOutputs = 120;

        /// <summary>Most raw inputs in a live event; those of a wider network beyond it are left out.</summary>
        public const int MaxLiveInputs = 64;

        /// <summary>Most raw outputs and pin states in a live event; those beyond it are left out.</summary>
        public const int MaxLiveOutputs = 44;

        /// <summary>Added to a request's type to make its reply's.</summary>
        public const int Reply = 0x80;

        /// <summary>Type of the live event.</summary>
        public const int LiveEvent = 0x40;

        /// <summary>Type of the counts event; it and the live event are the only frames nobody asked for.</summary>
        public const int CountsEvent = 0x41;

        /// <summary>Most channels of COUNTS.</summary>
        public const int MaxCounts = 16;

        /// <summary>In COUNTS the channel of the first sensor value; below are those of the ADC.</summary>
        public const int FirstSensor = 64;

        /// <summary>COUNTS adds 2^8 conversions of a channel up at most, as many as an input of a model.</summary>
        public const int MaxCountsSamplesLog2 = 8;

        /// <summary>Most fraction bits of a count: those that a model's input of as many conversions has.</summary>
        public const int MaxCountFractionBits = 3;

        /// <summary>Data bytes of a reply that refuses: u8 status, u8 code, u32 where.</summary>
        public const int RefusalLength = 6;

        /// <summary>A frame that stops arriving is dropped after this silence, in milliseconds.</summary>
        public const int SilenceMs = 250;

        /// <summary>Live events stop when no valid request has come for this long, in milliseconds.</summary>
        public const int LiveLapseMs = 30000;

        /// <summary>A slot number on the wire that stands for the factory model.</summary>
        public const int FactorySlot = 255;

        /// <summary>In a live event: the output's pin is at its active level.</summary>
        public const int PinOn = 1;

        /// <summary>In a live event: the output's load is off because it has been on for the longest time.</summary>
        public const int PinResting = 2;

        /// <summary>A pin state on the wire: the output drives no pin.</summary>
        public const int NoPin = 255;

        /// <summary>Flag of live events and answers: a value inside the network met its ceiling.</summary>
        public const int Saturated = 1;

        /// <summary>Flag of live events: the inputs of late are unlike those the model was trained on.</summary>
        public const int Unfamiliar = 2;

        /// <summary>In the reply to CORRECTION: the correction is one of the firmware's settings.</summary>
        public const int CorrectionOfFirmware = 1;

        /// <summary>In the reply to CORRECTION: the correction was sent with CORRECT and is kept in flash.</summary>
        public const int CorrectionKept = 2;

        /// <summary>Flag of CONFIRM: although the model has not run long enough on plausible inputs.</summary>
        public const int Anyway = 1;
    }
}
