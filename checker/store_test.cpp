#include "checker/store.hpp"

#include <map>
#include <set>
#include <string>

#include "checker/memo.hpp"
#include "checker/part_table.hpp"
#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("the table of parts knows what it has seen, and nothing else") {
  PartTable parts;
  std::set<std::string> seen;
  Rng rng(1);
  for (int i = 0; i < 200'000; ++i) {
    std::string bytes;
    for (std::uint64_t length = rng.below(12); length > 0; --length) bytes += static_cast<char>(rng.below(3));
    REQUIRE(parts.find(bytes).has_value() == seen.count(bytes) > 0);
    REQUIRE(parts.insert(bytes).fresh == seen.insert(bytes).second);
  }
  CHECK(parts.size() == seen.size());
}

TEST_CASE("parts with equal hashes are told apart by their bytes") {
  PartTable parts;
  std::set<std::uint64_t> low_bits;
  for (int i = 0; i < 5'000; ++i) {
    const std::string bytes = "part " + std::to_string(i);
    const auto place = parts.insert(bytes);
    REQUIRE(place.fresh);
    REQUIRE(parts[place.id] == bytes);
    low_bits.insert(PartTable::hash_of(bytes) & 0xff);
  }
  CHECK(low_bits.size() == 256);  // so that many share a tag and a place
}

TEST_CASE("a memo gives back what was put in, and nothing else") {
  Memo memo;
  std::map<std::uint32_t, std::uint32_t> answers;
  Rng rng(2);
  for (std::uint32_t i = 0; i < 20'000; ++i) {
    const auto what = static_cast<std::uint32_t>(rng.below(30'000));
    const MemoKey key{what % 7, what / 7 % 11, what / 77 % 20, what / 1540};
    const auto known = answers.find(what);
    REQUIRE(memo.find(key) == (known == answers.end() ? Memo::kUnknown : known->second));
    if (known == answers.end()) memo.add(key, i), answers[what] = i;
  }
}

TEST_CASE("the store keeps worlds of any number of words, and keeps their ids when they are packed anew") {
  for (const std::size_t words : {1, 2, 3, 5}) {
    Store store(words);
    std::map<std::vector<std::uint64_t>, std::uint32_t> ids;
    Rng rng(words);
    for (int i = 0; i < 60'000; ++i) {
      std::vector<std::uint64_t> key(words);
      for (auto& word : key) word = rng.below(words == 1 ? 40'000 : 12);
      const std::uint64_t hash = store.hash_of(key.data());
      const auto known = ids.find(key);
      REQUIRE(store.find(key.data(), hash) == (known == ids.end() ? Store::kUnknown : known->second));
      const auto place = store.insert(key.data(), hash);
      REQUIRE(place.fresh == (known == ids.end()));
      if (place.fresh) ids[key] = place.id;
      else REQUIRE(place.id == known->second);
    }
    store.repack(words + 1, [&](const std::uint64_t* old_key, std::uint64_t* key) {
      key[0] = 17;
      for (std::size_t i = 0; i < words; ++i) key[i + 1] = old_key[i] << 1;
    });
    REQUIRE(store.size() == ids.size());
    for (const auto& [key, id] : ids) {
      std::vector<std::uint64_t> packed{17};
      for (const std::uint64_t word : key) packed.push_back(word << 1);
      REQUIRE(store.find(packed.data(), store.hash_of(packed.data())) == id);
    }
  }
}

TEST_CASE("worlds whose hashes agree in all that the table keeps of them are told apart by their rows") {
  Store store(1);
  for (std::uint64_t i = 0; i < 1'000; ++i) REQUIRE(store.insert(&i, 42).fresh);
  for (std::uint64_t i = 0; i < 1'000; ++i) REQUIRE(store.find(&i, 42) == i);
  const std::uint64_t stranger = 1'000;
  CHECK(store.find(&stranger, 42) == Store::kUnknown);
}

}  // namespace commitlab
