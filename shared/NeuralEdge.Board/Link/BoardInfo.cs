namespace NeuralEdge.Board.Link
{
    /// <summary>What the board tells about itself in an INFO reply. Each field is filled in by whoever knows it.</summary>
    public sealed class BoardInfo
    {
        /// <summary>The board does not compile models.</summary>
        public const int NoTurbo = 255;

        /// <summary>Nobody looks at the inputs: the model has no picture of them, or an input has no sensor.</summary>
        public const byte NotLookedAt = 0;

        /// <summary>The inputs of late are like those the model was trained on.</summary>
        public const byte Familiar = 1;

        /// <summary>The inputs of late are unlike those the model was trained on.</summary>
        public const byte Unfamiliar = 2;

        /// <summary>Firmware version.</summary>
        public byte VersionMajor;

        /// <summary>Firmware version.</summary>
        public byte VersionMinor;

        /// <summary>Firmware version.</summary>
        public byte VersionPatch;

        /// <summary>Name of the board, ASCII; the first 32 characters travel.</summary>
        public string Name = "";

        /// <summary>Which kind of model runs.</summary>
        public ModelState State;

        /// <summary>Slot of the running model, 0 or 1, or <see cref="LinkProtocol.FactorySlot"/>.</summary>
        public byte Slot;

        /// <summary>Upload number of the running model, 0 for the factory model.</summary>
        public uint Sequence;

        /// <summary>CRC-32 of the running model's file, its last four bytes.</summary>
        public uint Digest;

        /// <summary>Length of the running model's file in bytes.</summary>
        public int ModelLength;

        /// <summary>Inputs of the running network.</summary>
        public int InputCount;

        /// <summary>Outputs of the running network.</summary>
        public int OutputCount;

        /// <summary>Limit: longest model file in bytes.</summary>
        public int MaxModelBytes;

        /// <summary>Limit: most layers.</summary>
        public int MaxLayers;

        /// <summary>Limit: most inputs or neurons of a layer.</summary>
        public int MaxWidth;

        /// <summary>Bit n set: GPIO n may be driven.</summary>
        public long OutputPins;

        /// <summary>Bit n set: ADC channel n may be sampled.</summary>
        public int AdcChannels;

        /// <summary>Sensor values beside the ADC.</summary>
        public byte SensorCount;

        /// <summary>Limit: bytes of the heap for models, the file while it is read included.</summary>
        public int MaxHeapBytes;

        /// <summary>Bytes of these that the next upload may take; negative when the model that runs takes more than the limit.</summary>
        public int HeapLeft;

        /// <summary>Period of sample, forward, act in milliseconds.</summary>
        public int PeriodMs;

        /// <summary>Time of the last sampling in microseconds.</summary>
        public int SampleMicros;

        /// <summary>Time of the last forward propagation in microseconds.</summary>
        public int ForwardMicros;

        /// <summary>Time of the last pass over rules and pins in microseconds.</summary>
        public int RulesMicros;

        /// <summary>Time the link took in the last period in microseconds.</summary>
        public int LinkMicros;

        /// <summary>Milliseconds since the board started; wraps after 49 days.</summary>
        public uint UptimeMs;

        /// <summary>Inferences since the board started.</summary>
        public uint InferenceCount;

        /// <summary>Inferences since the board started in which a value inside the network met its ceiling.</summary>
        public uint SaturatedCount;

        /// <summary>Periods in a row that the running model has run on plausible inputs.</summary>
        public int PlausiblePeriods;

        /// <summary>Milliseconds until the test of the running model ends; 0 when none is on, or it has no end.</summary>
        public uint TestLeftMs;

        /// <summary>Tests that nobody confirmed in time since the board started.</summary>
        public uint EndedTests;

        /// <summary>Who may do what: a number of <c>SecurityMode</c>.</summary>
        public byte SecurityMode;

        /// <summary>The highest security number of a model that was ever confirmed on the board while it was keyed.</summary>
        public uint SecurityNumber;

        /// <summary>Length in bytes of the file that is being received; 0 when no upload is under way. A model in test has arrived.</summary>
        public int UploadLength;

        /// <summary>How many of these bytes the board has.</summary>
        public int UploadReceived;

        /// <summary>CRC-32 of the file that is being received, its last four bytes; 0 when no upload is under way.</summary>
        public uint UploadDigest;

        /// <summary>Periods that began late because the work did not fit.</summary>
        public uint LatePeriods;

        /// <summary>Microseconds from its time to the begin of the latest period since the running model took over.</summary>
        public int LatestMicros;

        /// <summary>Faults since the start, one bit for each kind; the board's documentation names them.</summary>
        public uint FaultFlags;

        /// <summary>Faults since the start.</summary>
        public uint FaultCount;

        /// <summary>Kind of the last fault, 0 = none.</summary>
        public byte LastFault;

        /// <summary>Bit n set: the load at GPIO n runs at the low level.</summary>
        public long ActiveLowPins;

        /// <summary>Bit n set: the board limits how long the load at GPIO n may be on, whatever a model says.</summary>
        public long LimitedPins;

        /// <summary>Bit n set: the load at GPIO n is off because it has been on for the longest time.</summary>
        public long RestingPins;

        /// <summary>How often a load went off since the start because it had been on for the longest time.</summary>
        public uint RestCount;

        /// <summary>The first input that gave no plausible count, or a frozen one, when it was last read; -1 for none.</summary>
        public int BadInput = -1;

        /// <summary>Whether <see cref="BadInput"/> is one because its count does not change.</summary>
        public bool IsInputFrozen;

        /// <summary>Rows of inputs that were looked at since the running model took over.</summary>
        public uint Looks;

        /// <summary>How many of the last 60 of these were unlike those of the training.</summary>
        public byte WindowUnfamiliar;

        /// <summary>How many of these 60 there are yet.</summary>
        public byte WindowLooks;

        /// <summary><see cref="NotLookedAt"/>, <see cref="Familiar"/> or <see cref="Unfamiliar"/>.</summary>
        public byte Familiarity;

        /// <summary>Rows that were looked at in the last hour.</summary>
        public uint HourLooks;

        /// <summary>How many of these were unlike those of the training.</summary>
        public uint HourUnfamiliar;

        /// <summary>Bytes of code, compiled on the board, that the running model runs on; 0 when it runs on the ordinary kernels.</summary>
        public int CompiledBytes;

        /// <summary>
        /// Why the running model is not compiled: a number of <c>TurboRefusal</c>, or <see cref="NoTurbo"/>. What it says while
        /// there is compiled code means nothing.
        /// </summary>
        public int TurboRefusal = NoTurbo;

        /// <summary>The chip: a name of <c>ChipTable</c>, or what the runtime calls one that is not there; ASCII, the first 16 characters travel.</summary>
        public string Chip = "";

        /// <summary>Why the firmware's settings do not suit the chip: a number of <c>Misfit</c>. The board then drives nothing.</summary>
        public byte Misfit;

        /// <summary>The pin, or the port's number, that does not suit.</summary>
        public byte MisfitAt;

        /// <summary>Name of the runtime's image; ASCII, the first 24 characters travel.</summary>
        public string Target = "";

        /// <summary>Version of the runtime, first number; all four are 0 when the board does not know it.</summary>
        public int RuntimeMajor;

        /// <summary>Version of the runtime, second number.</summary>
        public int RuntimeMinor;

        /// <summary>Version of the runtime, third number.</summary>
        public int RuntimeBuild;

        /// <summary>Version of the runtime, fourth number.</summary>
        public int RuntimeRevision;

        /// <summary>Starts since the flash was erased, this one included; 0: not counted.</summary>
        public uint Starts;

        /// <summary>How many of these somebody asked for over the link.</summary>
        public uint AskedStarts;

        /// <summary>How many of these the board made itself, after failures.</summary>
        public uint OwnStarts;

        /// <summary>Number of the start that had <see cref="Error"/>.</summary>
        public uint ErrorStart;

        /// <summary>The first error of this start, or of the last one that had one; ASCII, the first 80 characters travel.</summary>
        public string Error = "";

        /// <summary>Where somebody says that the board is, ASCII; the first 32 characters travel.</summary>
        public string Place = "";

        /// <summary>Bit n set: ADC channel n has a correction that was measured over the link and is kept in flash.</summary>
        public int CorrectedChannels;

        /// <summary>Bytes of the whole heap that are free after a collection; 0 when nobody measures it.</summary>
        public int FreeBytes;
    }
}
