package org.tierstock.local.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of the FoodMart dataset as its artifact has them: JSON lines at the root of the class path. */
final class FoodMartTables {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    record Warehouse(
            int warehouseId,
            int warehouseClassId,
            String warehouseName,
            String warehouseCountry,
            String warehouseStateProvince) {}

    record WarehouseClass(int warehouseClassId, String description) {}

    record Store(
            int storeId,
            String storeType,
            String storeName,
            String storeCity,
            String storeState,
            String storeCountry) {}

    record Product(
            int productId,
            int productClassId,
            String productName,
            @JsonProperty("SKU") String sku,
            int unitsPerCase) {}

    record ProductClass(int productClassId, String productFamily) {}

    record Customer(int customerId, String country) {}

    /** A supply order: the store asked its warehouse for units, and got as many or fewer. */
    record Supply(int productId, int timeId, int warehouseId, int storeId, int unitsOrdered, int unitsShipped) {}

    record Sale(int productId, int timeId, int customerId, int storeId, int unitSales) {}

    private record Day(int timeId, String theDate) {}

    List<Warehouse> warehouses() {
        return read("warehouse", Warehouse.class);
    }

    List<WarehouseClass> warehouseClasses() {
        return read("warehouse_class", WarehouseClass.class);
    }

    List<Store> stores() {
        return read("store", Store.class);
    }

    List<Product> products() {
        return read("product", Product.class);
    }

    List<ProductClass> productClasses() {
        return read("product_class", ProductClass.class);
    }

    List<Customer> customers() {
        return read("customer", Customer.class);
    }

    /** The supply orders of a year, 1997 or 1998. */
    List<Supply> supplies(int year) {
        return read("inventory_fact_" + year, Supply.class);
    }

    /** What customers bought in 1998; the dataset keeps December in a table of its own. */
    List<Sale> sales1998() {
        List<Sale> sales = new ArrayList<>(read("sales_fact_1998", Sale.class));
        sales.addAll(read("sales_fact_dec_1998", Sale.class));
        return sales;
    }

    /** The calendar: the facts name their day by its id. */
    Map<Integer, LocalDate> days() {
        Map<Integer, LocalDate> days = new HashMap<>();
        for (Day day : read("time_by_day", Day.class)) {
            days.put(day.timeId(), LocalDate.parse(day.theDate().substring(0, 10)));
        }
        return days;
    }

    private static <T> List<T> read(String table, Class<T> type) {
        String file = "/" + table + ".json";
        ObjectReader reader = JSON.readerFor(type);
        try (InputStream in = FoodMartTables.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new FileNotFoundException(file + " is not on the class path");
            }
            try (MappingIterator<T> rows = reader.readValues(in)) {
                return rows.readAll();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
