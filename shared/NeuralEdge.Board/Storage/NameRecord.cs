namespace NeuralEdge.Board.Storage
{
    /// <summary>What somebody calls the board and where it is, kept in flash twice: it outlives every model and every firmware.</summary>
    /// <remarks>Layout between the magic and the CRC-32 of <see cref="TwinFile"/>: the name and the place, ASCII, zeros behind each.</remarks>
    public sealed class NameRecord
    {
        /// <summary>Most characters of the name, and of the place.</summary>
        public const int MaxText = 32;

        private const int NameOffset = TwinFile.Offset;
        private const int PlaceOffset = NameOffset + MaxText;
        private const int Length = PlaceOffset + MaxText + 4;
        private const uint Magic = 0x4E42454E; // "NEBN"
        private const byte Space = 0x20;
        private const byte Tilde = 0x7E;

        private readonly TwinFile _file;

        /// <summary>A record; nothing is read yet.</summary>
        /// <param name="files">The board's flash.</param>
        public NameRecord(IFileStore files)
        {
            _file = new TwinFile(files, "n0.txt", "n1.txt", Magic, Length, false);
            Name = "";
            Place = "";
        }

        /// <summary>The name; empty when nobody has given one.</summary>
        public string Name { get; private set; }

        /// <summary>The place; empty when nobody has said one.</summary>
        public string Place { get; private set; }

        /// <summary>Reads the record.</summary>
        public void Start()
        {
            _file.Load();
            Read();
        }

        /// <summary>Keeps other ones, as the data of NAME has them: u8 length and that many letters, twice.</summary>
        /// <param name="data">Where they are.</param>
        /// <param name="at">Index of the first byte.</param>
        /// <param name="length">How many bytes.</param>
        /// <returns>Ok, BadRequest, StorageFailed or StorageUnknown.</returns>
        public RequestStatus Set(byte[] data, int at, int length)
        {
            int name = length < 2 ? MaxText + 1 : data[at];
            if (name > MaxText || length < 2 + name || data[at + 1 + name] > MaxText || length != 2 + name + data[at + 1 + name])
            {
                return RequestStatus.BadRequest;
            }

            int place = data[at + 1 + name];
            if (!AreLetters(data, at + 1, name) || !AreLetters(data, at + 2 + name, place))
            {
                return RequestStatus.BadRequest;
            }

            Write(NameOffset, data, at + 1, name);
            Write(PlaceOffset, data, at + 2 + name, place);
            RequestStatus status = _file.Save();
            Read();
            return status;
        }

        private static bool AreLetters(byte[] data, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (data[at + i] < Space || data[at + i] > Tilde)
                {
                    return false;
                }
            }

            return true;
        }

        private void Write(int offset, byte[] data, int at, int count)
        {
            for (int i = 0; i < MaxText; i++)
            {
                _file.Record[offset + i] = i < count ? data[at + i] : (byte)0;
            }
        }

        private void Read()
        {
            Name = Text(NameOffset);
            Place = Text(PlaceOffset);
        }

        private string Text(int offset)
        {
            int length = 0;
            while (length < MaxText && _file.Record[offset + length] != 0)
            {
                length++;
            }

            char[] letters = new char[length];
            for (int i = 0; i < length; i++)
            {
                letters[i] = (char)_file.Record[offset + i];
            }

            return new string(letters);
        }
    }
}
