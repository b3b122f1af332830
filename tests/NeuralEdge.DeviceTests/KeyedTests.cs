using System;
using nanoFramework.TestFramework;
using NeuralEdge.Board.Link;
using NeuralEdge.Board.Security;

namespace NeuralEdge.DeviceTests
{
    /// <summary>Keyed boards on the interpreter.</summary>
    [TestClass]
    public class KeyedTests
    {
        private const int Session = 5;

        /// <summary>The vectors of PROTOCOL.md, section 9.</summary>
        [TestMethod]
        public void TheVectorsAreThoseOfTheDocument()
        {
            ManagedHmac hmac = new ManagedHmac();
            AreBytes("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843", hmac.Compute(Text("Jefe"), Text("what do ya want for nothing?")), 32);
            byte[] nonce = hmac.Compute(Count(0, 32), KeyedMessages.OfNonce(Count(0x40, 16), 0, 3, 1));
            AreBytes("B5F818949F515DBFEA7ED6002D3CF75D", nonce, 16);
            AreBytes("506A755E", hmac.Compute(Count(0, 32), KeyedMessages.OfKeyId()), 4);
            byte[] confirm = new byte[] { 6, 7, 0, 0, 0, 0xD4, 0xD3, 0xD2, 0xD1, 0 };
            byte[] tag = hmac.Compute(Count(0, 32), KeyedMessages.OfRequest(nonce, 0x6266, 0x66, confirm, 0, confirm.Length));
            AreBytes("D7B4077850C0B07B85204E49879D8E35A52E4ACD2485F277B62818261224CAC5", tag, 32);
            byte[] file = new byte[684];
            for (int i = 0; i < file.Length; i++)
            {
                file[i] = (byte)(7 * i);
            }

            byte[] signature = hmac.Compute(Count(0, 32), KeyedMessages.OfModel(5, 0, file.Length, hmac.Compute(Count(0, 32), file)));
            AreBytes("351DD561F8981197CD247C069506FF51896E137B5B583F693BB94EDA4617F581", signature, 32);
        }

        /// <summary>A board is provisioned, and then only a signed request is carried out, once.</summary>
        [TestMethod]
        public void OnlyWhoHasTheKeyConfirms()
        {
            MemoryFiles files = new MemoryFiles();
            Owner owner = new Owner(files);
            Assert.AreEqual(0, owner.Ask((int)LinkRequest.Provision, Provision(), Provision().Length));
            Assert.AreEqual((int)SecurityMode.Keyed, (int)owner.Security.Keys.Mode);
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.NotAuthorised, owner.Ask((int)LinkRequest.Confirm, new byte[9], 9));
            Assert.AreEqual(0, owner.Board.Confirmations);

            Assert.AreEqual(0, owner.Ask((int)LinkRequest.Challenge, new byte[0], 0));
            byte[] signed = owner.Sign(new byte[] { (byte)LinkRequest.Confirm, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
            Assert.AreEqual(0, owner.Ask((int)LinkRequest.Signed, signed, signed.Length));
            Assert.AreEqual(1, owner.Board.Confirmations);
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.NotAuthorised, owner.Ask((int)LinkRequest.Signed, signed, signed.Length), "said again");
            Assert.AreEqual(1, owner.Board.Confirmations);

            Assert.AreEqual(0, owner.Ask((int)LinkRequest.Challenge, new byte[0], 0));
            signed = owner.Sign(new byte[] { (byte)LinkRequest.Confirm, 0, 0, 0, 0, 0, 0, 0, 0, 0 });
            signed[signed.Length - 1] ^= 1;
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.NotAuthorised, owner.Ask((int)LinkRequest.Signed, signed, signed.Length));
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.Locked, owner.Ask((int)LinkRequest.Challenge, new byte[0], 0));
            Assert.AreEqual(1, owner.Board.Confirmations);

            Owner again = new Owner(files);
            Assert.AreEqual((int)SecurityMode.Keyed, (int)again.Security.Keys.Mode);
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.Locked, again.Ask((int)LinkRequest.Challenge, new byte[0], 0), "the pause begins anew");
        }

        /// <summary>Power goes at every fourth byte of the first keys: the board is open or keyed, and takes the keys then.</summary>
        [TestMethod]
        public void APowerCutLeavesABoardOpenOrKeyed()
        {
            for (int cut = 0; cut < 208; cut += 4)
            {
                MemoryFiles files = new MemoryFiles();
                BoardSecurity security = new BoardSecurity(files, new ManagedHmac());
                security.Start();
                files.CutAfter(cut);
                Owner owner = new Owner(files);
                owner.Ask((int)LinkRequest.Provision, Provision(), Provision().Length);
                files.PowerOn();
                Owner again = new Owner(files);
                Assert.IsTrue(again.Security.Keys.Mode != SecurityMode.Lost, "lost after a cut at " + cut.ToString());
                if (again.Security.Keys.Mode == SecurityMode.Open)
                {
                    Assert.AreEqual(0, again.Ask((int)LinkRequest.Provision, Provision(), Provision().Length));
                }

                Assert.AreEqual((int)SecurityMode.Keyed, (int)again.Security.Keys.Mode);
            }
        }

        /// <summary>Both copies rotten: nobody's board, not an open one.</summary>
        [TestMethod]
        public void RottenKeysDoNotOpenABoard()
        {
            MemoryFiles files = new MemoryFiles();
            Owner owner = new Owner(files);
            owner.Ask((int)LinkRequest.Provision, Provision(), Provision().Length);
            files.Flip("k0.key", 300);
            Owner one = new Owner(files);
            Assert.AreEqual((int)SecurityMode.Keyed, (int)one.Security.Keys.Mode);
            files.Flip("k0.key", 300);
            files.Flip("k1.key", 400);
            Owner both = new Owner(files);
            Assert.AreEqual((int)SecurityMode.Lost, (int)both.Security.Keys.Mode);
            Assert.AreEqual((int)NeuralEdge.Board.RequestStatus.Locked, both.Ask((int)LinkRequest.Provision, Provision(), Provision().Length));
        }

        /// <summary>Every byte counts, wherever it is.</summary>
        [TestMethod]
        public void TagsAreComparedToTheLastByte()
        {
            byte[] a = Count(0, 32);
            Assert.IsTrue(ConstantTime.AreEqual(a, 0, Count(0, 32), 0, 32));
            for (int i = 0; i < 32; i++)
            {
                byte[] b = Count(0, 32);
                b[i] ^= 1;
                Assert.IsFalse(ConstantTime.AreEqual(a, 0, b, 0, 32));
            }
        }

        private static byte[] Provision()
        {
            byte[] data = new byte[KeyedMessages.ProvisionLength];
            for (int i = 1; i < data.Length; i++)
            {
                data[i] = (byte)(i - 1);
            }

            return data;
        }

        private static byte[] Count(int first, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = (byte)(first + i);
            }

            return bytes;
        }

        private static byte[] Text(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        private static void AreBytes(string expected, byte[] actual, int count)
        {
            Assert.AreEqual(expected.Length, 2 * count);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(expected[2 * i], Digit(actual[i] >> 4));
                Assert.AreEqual(expected[(2 * i) + 1], Digit(actual[i] & 15));
            }
        }

        private static char Digit(int value)
        {
            return (char)(value < 10 ? '0' + value : 'A' + value - 10);
        }

        /// <summary>A board and whoever has its key.</summary>
        private sealed class Owner
        {
            private readonly MemoryLine _line = new MemoryLine();
            private readonly FrameWriter _writer = new FrameWriter();
            private readonly FrameReader _reader = new FrameReader(new LinkCounters(), 4096);
            private readonly byte[] _wire = new byte[LinkProtocol.MaxWire];
            private readonly LinkServer _server;
            private byte[] _nonce = new byte[KeyedMessages.NonceLength];
            private int _sequence = 9;

            internal Owner(MemoryFiles files)
            {
                Security = new BoardSecurity(files, new ManagedHmac());
                Security.Start();
                _server = new LinkServer(_line, Board, Board, Board, Board, Security);
                byte[] hello = new byte[] { LinkProtocol.Version, LinkProtocol.Version, Session, 0, 0, 0 };
                Ask((int)LinkRequest.Hello, hello, hello.Length);
            }

            internal BoardSecurity Security { get; }

            internal QuietBoard Board { get; } = new QuietBoard();

            /// <summary>Sends a request and returns the status of its reply.</summary>
            internal int Ask(int type, byte[] data, int count)
            {
                Array.Copy(data, 0, _writer.Frame, LinkProtocol.HeaderLength, count);
                int session = type == (int)LinkRequest.Hello ? 0 : Session;
                _line.Give(_wire, _writer.Finish(type, _sequence, session, count, _wire));
                _sequence++;
                int before = _line.WrittenLength;
                for (int i = 0; i < 20; i++)
                {
                    _server.Step(i);
                }

                byte[] sent = new byte[_line.WrittenLength - before];
                Array.Copy(_line.Written, before, sent, 0, sent.Length);
                MemoryLine back = new MemoryLine();
                back.Give(sent, sent.Length);
                Assert.IsTrue(_reader.Read(back, 0), "no reply");
                if (type == (int)LinkRequest.Challenge && _reader.Frame[LinkProtocol.HeaderLength] == 0)
                {
                    Array.Copy(_reader.Frame, LinkProtocol.HeaderLength + 1, _nonce, 0, _nonce.Length);
                }

                return _reader.Frame[LinkProtocol.HeaderLength];
            }

            /// <summary>The data of SIGNED for the next frame.</summary>
            internal byte[] Sign(byte[] inner)
            {
                byte[] signed = new byte[inner.Length + KeyedMessages.TagLength];
                Array.Copy(inner, 0, signed, 0, inner.Length);
                byte[] tag = new ManagedHmac().Compute(Count(0, 32), KeyedMessages.OfRequest(_nonce, Session, _sequence, inner, 0, inner.Length));
                Array.Copy(tag, 0, signed, inner.Length, tag.Length);
                return signed;
            }
        }
    }
}
